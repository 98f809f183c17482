"""What reading a zip that somebody handed in can raise, in one place, so that no reader forgets a way of being damaged."""

import struct
import zipfile
import zlib

# NotImplementedError and RuntimeError are zipfile's words for a method or an encryption that it does not read
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
