"""What places add to the admin: registrations, nothing else."""

from wagtail import hooks

from locations.staff.messages import MessageGroup

hooks.register("register_admin_viewset", MessageGroup)
