"""Tests of the roles: the table, the groups after `migrate`, and moderation."""

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
    """Create the root page and collection if a test flushed them, and apply the roles."""
    Locale.objects.get_or_create(language_code="nl")
    page = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    roles.apply()
    return page


def group_permissions(role):
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=role).permissions.select_related("content_type")
    }


@pytest.mark.parametrize("role", Role)
def test_every_permission_in_the_table_exists(role):
    assert roles.permission_names(role) - roles.existing_permissions().keys() == set()


@pytest.mark.parametrize("role", Role)
def test_group_has_exactly_the_permissions_of_the_table_after_migrate(role):
    assert group_permissions(role) == roles.permission_names(role)


def test_applying_again_only_restores_changed_groups():
    before = {role: group_permissions(role) for role in Role}
    Group.objects.get(name=Role.HELPER).permissions.set(
        Group.objects.get(name=Role.ADMINISTRATOR).permissions.all()
    )
    roles.apply()
    roles.apply()
    assert {role: group_permissions(role) for role in Role} == before


@pytest.mark.parametrize("role", Role)
def test_every_role_can_access_the_admin(role, person):
    assert person(role).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("role", Role)
def test_every_menu_item_opens(client, person, tree, role):
    client.force_login(person(role))
    home = client.get("/beheer/").content.decode()
    props = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', home, re.S)[1]
    urls = set(re.findall(r'"(/beheer/[^"]*)"', props)) - {"/beheer/logout/"}
    broken = {url for url in urls if client.get(url, follow=True).status_code != 200}
    assert len(urls) > 3
    assert broken == set()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.HELPER, Role.REFURBISHER, Role.REFERRER])
def test_roles_without_lending_have_no_permission_on_people(role):
    for model in PERSONAL:
        suffix = model.replace(".", "_").partition("_")[2]
        assert not [name for name in group_permissions(role) if name.endswith(f"_{suffix}")]


@pytest.mark.parametrize("role", Role)
def test_no_role_can_delete_rows_with_a_history(role):
    for name in roles.never_deleted():
        app, model = name.split(".")
        assert f"{app}.delete_{model}" not in group_permissions(role)


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
def test_page_permissions_follow_the_table(person, tree, role, writes, publishes):
    policy, user = PagePermissionPolicy(), person(role)
    assert policy.user_has_permission_for_instance(user, "change", tree) is writes
    assert policy.user_has_permission_for_instance(user, "publish", tree) is publishes


def test_moderators_are_the_coordinators_and_administrators(tree):
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
def test_editors_can_change_opening_hours(role, allowed):
    hours = {"location", "closeddays", "adjusteddays", "stop"}
    assert all((f"locations.change_{name}" in group_permissions(role)) is allowed for name in hours)


@pytest.mark.parametrize(("role", "allowed"), [(Role.EDITOR, True), (Role.DESK, False)])
def test_editors_can_add_images_and_documents(client, person, tree, role, allowed):
    client.force_login(person(role))
    for url in ("/beheer/images/add/", "/beheer/documents/multiple/add/"):
        assert (client.get(url).status_code == 200) is allowed


def test_default_groups_of_wagtail_are_deleted():
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_missing_workflow_is_created_once(tree):
    Workflow.objects.all().delete()
    for _ in range(2):
        roles.apply()
    task = GroupApprovalTask.objects.get(workflow_tasks__workflow__workflow_pages__page=tree)
    assert {Role.COORDINATOR, Role.ADMINISTRATOR} == set(task.groups.values_list("name", flat=True))


@pytest.mark.parametrize("choice", ["switched off", "without a group"])
def test_workflow_that_the_site_changed_is_kept(tree, choice):
    if choice == "switched off":
        Workflow.objects.update(active=False)
    else:
        WorkflowTask.objects.all().delete()
    roles.apply()
    assert list(Workflow.objects.values_list("active", flat=True)) == [choice != "switched off"]
    assert WorkflowTask.objects.exists() is (choice == "switched off")
