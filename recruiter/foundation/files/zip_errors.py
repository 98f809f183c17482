"""What reading a zip that somebody handed in can raise, in one place, so that no reader forgets a way of being damaged."""

import struct
import zipfile
import zlib

# RuntimeError, and NotImplementedError which is one, are zipfile's words for an encryption or a method that it does not read
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError, ValueError)
