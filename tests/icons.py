"""Draw the icons of the installed site from its mark: .venv/bin/python tests/icons.py"""

from browsing import launched
from support import ROOT

STATIC = ROOT / "site" / "static"
# how much of the picture the mark fills: a phone may cut a maskable one down to its inner circle
ICONS = {"icon-192.png": (192, 0.9), "icon-512.png": (512, 0.9), "icon-maskable.png": (512, 0.6)}


def main() -> None:
    """Write the pictures beside the mark."""
    mark = (STATIC / "mark.svg").read_text("utf-8")
    with launched() as browser:
        for name, (size, share) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(
                "<style>body{margin:0;display:grid;place-items:center;height:100vh;"
                f"background:#ffeee2}}svg{{width:{share:.0%}}}</style>{mark}"
            )
            page.screenshot(path=STATIC / name)
            page.close()


if __name__ == "__main__":
    main()
