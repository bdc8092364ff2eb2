"""Row-level permissions: the scope of a model, and the policy that Wagtail consults."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from wagtail.permissions import policy_registry

from home.core.permissions import ScopedPermissionPolicy
from home.core.roles import Role
from lending.devices.models import Device, DeviceModel, ErasureLog
from lending.loans.models import Borrower
from locations.opening_hours.models import ClosedDays
from locations.places.access import locations_for, partnerships_for
from locations.places.models import Assignment, Location, Partner, Partnership
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalst():
    return staff.place()


@pytest.fixture
def ninove():
    return staff.place("NIN", "Digipunt Ninove")


def account(name="an", role=Role.COORDINATOR, *locations):
    return staff.someone(name, role, *locations)


def test_every_model_with_a_scope_has_a_policy_and_a_manager_that_apply_it():
    models = [model for model in apps.get_models() if hasattr(model, "scope")]
    assert len(models) > 30
    for model in models:
        policy = policy_registry.get_by_type(model)
        assert isinstance(policy, ScopedPermissionPolicy), model
        assert hasattr(model._default_manager, "visible_to"), model


def test_rows_are_visible_at_own_location_only(aalst, ninove):
    borrower = staff.borrower(aalst)
    staff.borrower(ninove)
    assert list(Borrower.objects.visible_to(account("an", Role.DESK, aalst))) == [borrower]


def test_no_row_is_visible_without_an_assignment(aalst):
    staff.borrower(aalst)
    assert not Borrower.objects.visible_to(account()).exists()


@pytest.mark.parametrize("superuser", [True, False])
def test_all_rows_are_visible_to_an_administrator(aalst, superuser):
    staff.borrower(aalst)
    role = None if superuser else Role.ADMINISTRATOR
    administrator = staff.someone("an", role, superuser=superuser)
    assert Borrower.objects.visible_to(administrator).count() == 1
    assert locations_for(administrator).count() == 1


@pytest.mark.parametrize("superuser", [True, False])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_no_row_is_visible_to_an_inactive_account(aalst, role, superuser):
    partnership = Partnership.objects.create(name="Digibank Dender", slug="dender")
    user = staff.someone("an", role, aalst, superuser=superuser)
    Assignment.objects.create(user=user, partnership=partnership)
    staff.borrower(aalst)
    staff.model()
    ErasureLog.objects.create(uploaded_by=user)
    user.is_active = False
    for model in (Borrower, DeviceModel, ErasureLog, Location, Partnership):
        assert model.objects.exists()
        assert not model.objects.visible_to(user).exists(), model
    assert not locations_for(user).exists()
    assert not partnerships_for(user).exists()


def test_no_row_is_visible_to_an_anonymous_visitor(aalst):
    staff.model()
    for model in (Location, DeviceModel):
        assert not model.objects.visible_to(AnonymousUser()).exists()


def test_rows_without_a_restriction_are_visible_to_every_account():
    model = staff.model()
    assert list(DeviceModel.objects.visible_to(account())) == [model]


def test_rows_with_an_owner_are_visible_to_that_account_only():
    user, colleague = account("an"), account("bo")
    log = ErasureLog.objects.create(uploaded_by=user)
    assert list(ErasureLog.objects.visible_to(user)) == [log]
    assert not ErasureLog.objects.visible_to(colleague).exists()


def test_rows_of_a_partnership_are_visible_to_people_of_the_whole_partnership(aalst):
    partnership = Partnership.objects.create(name="Digibank Dender", slug="dender")
    Location.objects.filter(pk=aalst.pk).update(partnership=partnership)
    closure = ClosedDays.objects.create(
        partnership=partnership, first_day="2026-12-25", last_day="2026-12-25"
    )
    partner = Partner.objects.create(name="Kringwinkel")
    partner.partnerships.add(partnership)
    member, coordinator = account("an", Role.COORDINATOR, aalst), account("bo")
    Assignment.objects.create(user=coordinator, partnership=partnership)
    for row in (closure, partner, partnership):
        rows = type(row)._default_manager
        assert list(rows.visible_to(coordinator)) == [row]
        assert not rows.visible_to(member).exists()
    assert list(locations_for(coordinator)) == [aalst]
    assert list(partnerships_for(coordinator)) == [partnership]


def test_row_is_visible_once_when_a_partner_has_several_partnerships():
    user = account()
    partner = Partner.objects.create(name="Kringwinkel")
    for slug in ("dender", "rupel"):
        partnership = Partnership.objects.create(name=slug, slug=slug)
        partner.partnerships.add(partnership)
        Assignment.objects.create(user=user, partnership=partnership)
    assert list(Partner.objects.visible_to(user)) == [partner]


@pytest.fixture
def policy():
    return policy_registry.get_by_type(Device)


@pytest.fixture
def devices(aalst, ninove):
    return staff.available(aalst), staff.available(ninove)


def test_policy_lists_rows_within_scope_when_the_role_has_the_permission(policy, devices, aalst):
    user = account("an", Role.DESK, aalst)
    assert list(policy.instances_user_has_permission_for(user, "lend")) == [devices[0]]
    assert list(policy.instances_user_has_any_permission_for(user, ["process", "view"])) == [
        devices[0]
    ]


def test_policy_lists_no_rows_when_the_role_lacks_the_permission(policy, devices, aalst):
    user = account("an", Role.DESK, aalst)
    assert not policy.instances_user_has_permission_for(user, "process").exists()


@pytest.mark.parametrize(
    ("role", "action", "own", "other"),
    [
        (Role.DESK, "lend", True, False),
        (Role.DESK, "process", False, False),
        (Role.ADMINISTRATOR, "process", True, True),
    ],
)
def test_policy_allows_an_action_on_an_instance(policy, devices, aalst, role, action, own, other):
    user = account("an", role, aalst)
    allowed = [policy.user_has_permission_for_instance(user, action, row) for row in devices]
    assert allowed == [own, other]
    allowed = [
        policy.user_has_any_permission_for_instance(user, [action, "no_such"], row)
        for row in devices
    ]
    assert allowed == [own, other]


def test_policy_allows_nothing_to_an_inactive_superuser(policy, devices):
    user = staff.someone("an", superuser=True)
    user.is_active = False
    assert not policy.user_has_permission_for_instance(user, "view", devices[0])
    assert not policy.instances_user_has_permission_for(user, "view").exists()


def test_policy_lists_users_with_permission_for_an_instance(policy, devices, aalst, ninove):
    an = account("an", Role.DESK, aalst)
    account("bo", Role.DESK, ninove)
    account("cas", Role.REFERRER, aalst)
    administrator = staff.someone("dirk", superuser=True)
    users = policy.users_with_permission_for_instance("lend", devices[0])
    assert set(users) == {an, administrator}
    assert get_user_model().objects.count() == 4
