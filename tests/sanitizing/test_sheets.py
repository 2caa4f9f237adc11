"""A sheet to print has a policy before everything else, and runs and fetches nothing."""

from __future__ import annotations

import pytest

from qmstool.i18n import QmsError
from qmstool.sanitizing.sheets import POLICY, guarded

HEAD = "<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>t</title>"


def test_the_policy_stands_first() -> None:
    sheet = guarded(f"{HEAD}<style>p {{ color: red }}</style></head><body><p>x</p></body></html>")
    assert sheet.startswith(
        f'<!doctype html>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    )
    assert guarded("<p>x</p>").lstrip().startswith("<meta http-equiv")
    assert guarded("chữ") == "chữ"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<p onclick='alert(1)'>x</p>",
        "<meta http-equiv='refresh' content='0;url=https://evil.invalid'>",
        "<META HTTP-EQUIV=refresh content=0>",
        "<a href='https://evil.invalid'>x</a>",
        "<a href='java&#9;script:alert(1)'>x</a>",
        "<img src='https://evil.invalid/x'>",
        "<img src=x onerror=alert(1)>",
        "<link rel=stylesheet href=//evil.invalid>",
        "<style>@import '//evil.invalid'</style>",
        "<p style='background:url(//evil.invalid)'>x</p>",
        "<iframe srcdoc=x></iframe>",
        "<svg><script href=x /></svg>",
        "<!--><script>alert(1)</script>-->",
        "<base href=//evil.invalid>",
        "<![abc[x]]>",
        "<![CDATA[>]]>",
        "<img src=x onerror='alert(1)",
        "<form action=//evil.invalid></form>",
        "<object data=x></object>",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "<svg><style>&#64;import '//evil.invalid/x.css';</style></svg>",
        "<svg><title></svg></title><style>&#64;import '//evil.invalid/x.css';</style></svg>",
        "<svg><g><style>a { b: u&#114;l(//evil.invalid) }</style></g></svg>",
    ],
)
def test_a_template_that_runs_or_fetches_is_refused(inside: str) -> None:
    with pytest.raises(QmsError):
        guarded(f"{HEAD}</head><body>{inside}</body></html>")
