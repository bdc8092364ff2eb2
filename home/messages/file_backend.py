"""Mail as files, for the demo and for development: one .eml per message, to open and look at."""

import os
import re

from django.core.mail.backends.filebased import EmailBackend as FileBackend


class EmailBackend(FileBackend):
    def send_messages(self, email_messages):
        for mail in email_messages or []:
            self._write(mail.message())
        return len(email_messages or [])

    def _write(self, message):
        """Under the name of its Message-ID, so that the same mail again is the same file."""
        name = re.sub(r"[^\w-]", "", message["Message-ID"].partition("@")[0]) + ".eml"
        path = os.path.join(self.file_path, name)
        with open(path + ".part", "wb") as file:
            file.write(message.as_bytes())
        os.replace(path + ".part", path)

    def open(self):
        return False

    def close(self):
        return None
