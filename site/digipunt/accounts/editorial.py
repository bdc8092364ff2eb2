"""Permissions on pages, images and documents, and the workflow of moderation."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

TASK_NAME = "Nakijken"
WORKFLOW_NAME = "Nakijken voor publicatie"
PAGE_PERMISSIONS = {
    "write": ["add_page", "change_page"],
    "publish": ["publish_page", "lock_page", "unlock_page"],
}
FILE_PERMISSIONS = [
    f"{action}_{model}" for model in ("image", "document") for action in ("add", "change", "choose")
]
# Wagtail checks the permissions of its own image model, also for a custom one.
FILE_APPS = ["wagtailimages", "wagtaildocs"]


def set_editorial_permissions(group, actions):
    """Let a group do these actions (`write`, `publish`) on all pages and files, and no others."""
    page, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    if page:
        _set_permissions(
            GroupPagePermission.objects.filter(group=group, page=page),
            {"group": group, "page": page},
            Permission.objects.filter(
                content_type__app_label="wagtailcore",
                codename__in=[name for action in actions for name in PAGE_PERMISSIONS[action]],
            ),
        )
    if collection:
        _set_permissions(
            GroupCollectionPermission.objects.filter(group=group, collection=collection),
            {"group": group, "collection": collection},
            Permission.objects.filter(
                content_type__app_label__in=FILE_APPS,
                codename__in=FILE_PERMISSIONS if "write" in actions else [],
            ),
        )


def _set_permissions(current, values, permissions):
    current.exclude(permission__in=permissions).delete()
    for permission in permissions:
        current.model.objects.get_or_create(**values, permission=permission)


def set_moderators(groups):
    """Let these groups approve what others write, everywhere on the site.

    A workflow that the site changed or switched off stays as it is.
    """
    page = Page.get_first_root_node()
    if page is None:
        return
    workflow_page = WorkflowPage.objects.filter(page=page).select_related("workflow").first()
    workflow = workflow_page.workflow if workflow_page else _create_workflow(page)
    task = GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).first()
    if task is None or not workflow.active:
        return
    if task.name == "Moderators approval":  # the name that Wagtail's own migration gives
        task.name = TASK_NAME
        task.save()
        Workflow.objects.filter(pk=workflow.pk).update(name=WORKFLOW_NAME)
    task.groups.set(groups)


def _create_workflow(page):
    """Create a workflow with one group approval task for all pages below `page`."""
    task = GroupApprovalTask.objects.create(
        name=TASK_NAME,
        active=True,
        content_type=ContentType.objects.get_for_model(GroupApprovalTask),
    )
    workflow = Workflow.objects.create(name=WORKFLOW_NAME, active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    return workflow
