"""Extracts the members of a wheel that match any of the given patterns, checking their CRC.

usage: extract_wheel.py WHEEL FOLDER PATTERN...
A pattern is a regular expression that must match the whole name. Progress comes as lines
`<bytes done> <bytes in all>` on standard output.
"""

import os
import re
import sys
import zipfile

CHUNK = 4 << 20


def main(wheel, folder, *patterns):
    wanted = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    with zipfile.ZipFile(wheel) as archive:
        members = [m for m in archive.infolist() if not m.is_dir() and wanted.fullmatch(m.filename)]
        if not members:
            sys.exit(f"nothing in {wheel} matches")
        total = sum(m.file_size for m in members)
        done = 0
        root = os.path.realpath(folder)
        for member in members:
            target = os.path.realpath(os.path.join(root, member.filename))
            if not target.startswith(root + os.sep):
                sys.exit(f"{wheel} holds a file outside its own folder: {member.filename}")
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(member) as source, open(target, "wb") as out:
                while chunk := source.read(CHUNK):
                    out.write(chunk)
                    done += len(chunk)
                    print(done, total, flush=True)


try:
    main(*sys.argv[1:])
except zipfile.BadZipFile as error:
    sys.exit(f"not a readable wheel: {error}")
