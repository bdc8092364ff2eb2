"""Who writes pages and who publishes them: Wagtail's rights on pages, pictures and documents."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class EditorialRights:
    publishes: bool

    @property
    def on_pages(self):
        publishing = ["publish_page", "lock_page", "unlock_page"] if self.publishes else []
        return ["add_page", "change_page", *publishing]

    @property
    def on_files(self):
        return [
            f"{action}_{kind}"
            for kind in ("image", "document")
            for action in ("add", "change", "choose")
        ]


# The permissions on pictures are those of Wagtail's own model, whichever model we use.
FILE_APPS = ["wagtailimages", "wagtaildocs"]


def let_role_edit(group, rights):
    """Give a group these rights under the first page and in all collections, and no others."""
    page, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    on_pages = rights.on_pages if rights else []
    on_files = rights.on_files if rights else []
    if page:
        wanted = Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=on_pages
        )
        ours = GroupPagePermission.objects.filter(group=group, page=page)
        ours.exclude(permission__in=wanted).delete()
        for permission in wanted:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    if collection:
        wanted = Permission.objects.filter(
            content_type__app_label__in=FILE_APPS, codename__in=on_files
        )
        ours = GroupCollectionPermission.objects.filter(group=group, collection=collection)
        ours.exclude(permission__in=wanted).delete()
        for permission in wanted:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def order_moderation(groups):
    """What others write waits for one of these groups, everywhere on the site."""
    page = Page.get_first_root_node()
    if page is None:
        return
    chosen = WorkflowPage.objects.filter(page=page).select_related("workflow").first()
    workflow = chosen.workflow if chosen else _new_workflow(page)
    task = GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).first()
    if task is None or not workflow.active:
        return  # somebody of the site chose another way
    if task.name == "Moderators approval":  # as Wagtail was installed
        task.name = "Nakijken"
        task.save()
        Workflow.objects.filter(pk=workflow.pk).update(name="Nakijken voor publicatie")
    task.groups.set(groups)


def _new_workflow(page):
    """Where Wagtail's own was thrown away: one task, that a group approves."""
    task = GroupApprovalTask.objects.create(
        name="Nakijken",
        active=True,
        content_type=ContentType.objects.get_for_model(GroupApprovalTask),
    )
    workflow = Workflow.objects.create(name="Nakijken voor publicatie", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    return workflow
