"""What reading a zip that somebody handed in can raise, in one place, so that no reader forgets a way of being damaged."""

import struct
import zipfile
import zlib

# zipfile raises RuntimeError, or a kind of it, for an encryption or a way of packing that it does not read
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError, ValueError)
