"""Which letters pdfLaTeX sets without a package, each tried: the ranges of src-main/figures/pdflatex-letters.ts.

python3 pdflatex-letters.py   (TeX Live 2022, pdfTeX 1.40.24)
"""
import re
import subprocess
import tempfile
import unicodedata

BLOCKS = [range(0xA0, 0x2E80), range(0xFB00, 0xFB10)]
letters = [c for block in BLOCKS for c in block if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Cc")]


def sets(codes, folder):
    """Fewer than 100 at once: TeX gives up at so many errors."""
    lines = [r"\typeout{@@%04X}x%sx\par" % (code, chr(code)) for code in codes]
    text = "\n".join([r"\documentclass{article}", r"\begin{document}", *lines, r"\typeout{@@END}\end{document}"])
    with open(f"{folder}/all.tex", "w") as file:
        file.write(text)
    subprocess.run(["pdflatex", "-interaction=nonstopmode", "all.tex"], cwd=folder, stdout=subprocess.DEVNULL)
    log = open(f"{folder}/all.log", encoding="utf8", errors="replace").read()
    parts = re.split(r"^@@([0-9A-F]{4,5}|END)$", log, flags=re.M)
    assert parts[-2] == "END"
    for code, text in zip(parts[1:-2:2], parts[2:-2:2]):
        if not re.search(r"^! |Missing character", text, re.M):
            yield int(code, 16)


with tempfile.TemporaryDirectory() as folder:
    found = [code for at in range(0, len(letters), 90) for code in sets(letters[at : at + 90], folder)]
ranges = []
for code in found:
    if ranges and code == ranges[-1][1] + 1:
        ranges[-1][1] = code
    else:
        ranges.append([code, code])
print(" ".join(f"{first:04X}" if first == last else f"{first:04X}-{last:04X}" for first, last in ranges))
