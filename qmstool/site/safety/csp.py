"""Make the content security policy: what a browser may run and load on the pages of a site.

The policy forbids everything and then permits files of the site itself. The frame's few inline
scripts are permitted by their hashes; a script that came in any other way is refused by the
browser, whatever the cleaning of texts overlooked. Each kind of web server is told to send it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAME = "templates/site/theme/partials/javascripts"
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


@cache
def frame_scripts() -> frozenset[str]:
    """Return the inline scripts of the frame, each as it stands between its tags on every page."""
    scripts: set[str] = set()
    for name in resources.list_names(FRAME):
        scripts.update(
            _INLINE.findall(resources.packaged_path(f"{FRAME}/{name}").read_text("utf-8"))
        )
    return frozenset(scripts)


def script_hash(script: str) -> str:
    """Return a script as a policy names it: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def content_security_policy(*, in_page: bool = False) -> str:
    """Return the policy, as a header or as it stands `in_page`.

    A page cannot say who may frame it. And in it files on a disk are permitted too, for a copy that
    is read without any server: no browser loads those into a page that came from one.
    """
    here = "'self' file:" if in_page else "'self'"
    parts = {
        "default-src": "'none'",
        "script-src": " ".join([here, *sorted(map(script_hash, frame_scripts()))]),
        "style-src": here,
        "img-src": f"{here} data:",  # the theme's icons lie in its style sheet
        "connect-src": here,
        "worker-src": here,
        "base-uri": "'none'",
        "form-action": here,
    }
    if not in_page:
        parts["frame-ancestors"] = "'self'"
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def security_headers() -> Mapping[str, str]:
    """Return what a server should send with every file.

    `no-cache`: a browser asks each time whether what it keeps is still the newest.
    """
    return {
        "Content-Security-Policy": content_security_policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }


def server_files() -> Mapping[str, str]:
    """Return the headers as the web servers people have read them.

    By the name of the file at the root of a site: for static hosts, Apache, nginx and IIS.
    """
    plain, apache, nginx, iis = [], [], [], []
    for name, value in security_headers().items():
        plain.append(f"  {name}: {value}\n")
        apache.append(f'  Header always set {name} "{value}"\n')
        nginx.append(f'add_header {name} "{value}" always;\n')
        iis.append(f'      <remove name="{name}" />')
        iis.append(f'      <add name="{name}" value="{value}" />')
    return {
        "_headers": f"/*\n{''.join(plain)}",
        ".htaccess": f"<IfModule mod_headers.c>\n{''.join(apache)}</IfModule>\n",
        "nginx-headers.conf": "".join(nginx),
        "web.config": _IIS.format(added="\n".join(iis)),
    }


# Older IIS does not know what a .json file is, and answers 404 for the list of versions and the
# search index.
_IIS = """\
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <staticContent>
      <remove fileExtension=".json" />
      <mimeMap fileExtension=".json" mimeType="application/json" />
    </staticContent>
    <httpProtocol>
      <customHeaders>
{added}
      </customHeaders>
    </httpProtocol>
  </system.webServer>
</configuration>
"""
