"""The roles hold what their table says: no permission that does not exist, none too many."""

import re

import pytest
from django.contrib.auth.models import Group
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Locale,
    Page,
    Workflow,
    WorkflowTask,
)
from wagtail.permission_policies.pages import PagePermissionPolicy

from digipunt.accounts import roles
from home.core.roles import Role

pytestmark = pytest.mark.django_db

PERSONAL = ["lending.borrower", "lending.loan", "lending.donor", "lending.agreement"]


@pytest.fixture
def person(django_user_model):
    def make(role):
        user = django_user_model.objects.create_user(f"{role}-person")
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def tree():
    """The first page and collection, also after a test that emptied the database."""
    Locale.objects.get_or_create(language_code="nl")
    page = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    roles.apply()
    return page


def held_by(role):
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=role).permissions.select_related("content_type")
    }


@pytest.mark.parametrize("role", Role)
def test_every_permission_in_the_table_exists(role):
    assert roles.table()[role] - roles.permissions().keys() == set()


@pytest.mark.parametrize("role", Role)
def test_after_migrating_a_group_holds_exactly_what_the_table_says(role):
    assert held_by(role) == roles.table()[role]


def test_applying_again_changes_nothing_but_what_strayed():
    before = {role: held_by(role) for role in Role}
    Group.objects.get(name=Role.HELPER).permissions.set(
        Group.objects.get(name=Role.ADMINISTRATOR).permissions.all()
    )
    roles.apply()
    roles.apply()
    assert {role: held_by(role) for role in Role} == before


@pytest.mark.parametrize("role", Role)
def test_every_role_may_come_into_the_admin(role, person):
    assert person(role).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("role", Role)
def test_every_entry_of_the_menu_leads_somewhere(client, person, tree, role):
    client.force_login(person(role))
    home = client.get("/beheer/").content.decode()
    props = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', home, re.S)[1]
    addresses = set(re.findall(r'"(/beheer/[^"]*)"', props)) - {"/beheer/logout/"}
    wrong = {one for one in addresses if client.get(one, follow=True).status_code != 200}
    assert len(addresses) > 3
    assert wrong == set()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.HELPER, Role.REFURBISHER, Role.REFERRER])
def test_who_has_no_business_with_borrowers_may_not_see_one(role):
    for model in PERSONAL:
        app, name = model.split(".")
        assert not [held for held in held_by(role) if held.endswith(f"_{name}")]


@pytest.mark.parametrize("role", Role)
def test_nobody_may_delete_what_has_a_history(role):
    for name in roles.KEPT_FOR_EVER:
        app, model = name.split(".")
        assert f"{app}.delete_{model}" not in held_by(role)


@pytest.mark.parametrize(
    ("role", "writes", "publishes"),
    [
        (Role.EDITOR, True, False),
        (Role.COORDINATOR, True, True),
        (Role.ADMINISTRATOR, True, True),
        (Role.DESK, False, False),
        (Role.REFURBISHER, False, False),
        (Role.REFERRER, False, False),
    ],
)
def test_editors_write_and_coordinators_publish(person, tree, role, writes, publishes):
    policy, user = PagePermissionPolicy(), person(role)
    assert policy.user_has_permission_for_instance(user, "change", tree) is writes
    assert policy.user_has_permission_for_instance(user, "publish", tree) is publishes


def test_what_editors_write_waits_for_a_coordinator_or_the_administrator(tree):
    task = GroupApprovalTask.objects.get(active=True)
    assert set(task.groups.values_list("name", flat=True)) == {
        Role.COORDINATOR,
        Role.ADMINISTRATOR,
    }


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.EDITOR, True),
        (Role.COORDINATOR, True),
        (Role.ADMINISTRATOR, True),
        (Role.HELPER, False),
        (Role.DESK, False),
        (Role.LOGISTICS, False),
    ],
)
def test_who_writes_about_places_also_keeps_their_hours(role, allowed):
    hours = {"location", "closeddays", "adjusteddays", "stop"}
    assert all((f"locations.change_{name}" in held_by(role)) is allowed for name in hours)


@pytest.mark.parametrize(("role", "allowed"), [(Role.EDITOR, True), (Role.DESK, False)])
def test_editors_add_pictures_and_documents(client, person, tree, role, allowed):
    client.force_login(person(role))
    for address in ("/beheer/images/add/", "/beheer/documents/multiple/add/"):
        assert (client.get(address).status_code == 200) is allowed


def test_wagtails_own_groups_do_not_stand_in_the_way():
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_where_no_moderation_is_left_it_is_made_once(tree):
    Workflow.objects.all().delete()
    for _time in range(2):
        roles.apply()
    task = GroupApprovalTask.objects.get(workflow_tasks__workflow__workflow_pages__page=tree)
    assert {Role.COORDINATOR, Role.ADMINISTRATOR} == set(task.groups.values_list("name", flat=True))


@pytest.mark.parametrize("choice", ["switched off", "without a group"])
def test_another_way_to_moderate_that_an_administrator_chose_stays(tree, choice):
    if choice == "switched off":
        Workflow.objects.update(active=False)
    else:
        WorkflowTask.objects.all().delete()
    roles.apply()
    assert list(Workflow.objects.values_list("active", flat=True)) == [choice != "switched off"]
    assert WorkflowTask.objects.exists() is (choice == "switched off")
