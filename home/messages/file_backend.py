"""An e-mail backend for development that writes one .eml file per message."""

import os
import re

from django.core.mail.backends.filebased import EmailBackend as FileBackend


class EmailBackend(FileBackend):
    """Writes each mail to a file that any mail program opens."""

    def send_messages(self, email_messages):
        for mail in email_messages or []:
            self._write(mail.message())
        return len(email_messages or [])

    def _write(self, message):
        """Write the file under its Message-ID, so that a duplicate replaces it."""
        name = re.sub(r"[^\w-]", "", message["Message-ID"].partition("@")[0]) + ".eml"
        path = os.path.join(self.file_path, name)
        with open(path + ".part", "wb") as file:
            file.write(message.as_bytes())
        os.replace(path + ".part", path)

    def open(self):
        return False

    def close(self):
        return None
