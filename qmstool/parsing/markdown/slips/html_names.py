"""List the names of tags that HTML, SVG and MathML know or once knew."""

from __future__ import annotations

_NAMES = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big "
    "blink blockquote body br button canvas caption center cite code col colgroup data datalist dd "
    "del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form "
    "frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex "
    "kbd keygen label legend li link main map mark marquee menu menuitem meta meter nav nobr "
    "noframes noscript object ol optgroup option output p param picture plaintext pre progress q "
    "rb rp rt rtc ruby s samp script search section select slot small source span strike strong "
    "style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track "
    "tt u ul var video wbr xmp "
    "circle clippath defs desc ellipse fegaussianblur filter foreignobject g image line "
    "lineargradient marker mask path pattern polygon polyline radialgradient rect stop symbol text "
    "textpath tspan use view math mfrac mi mn mo mrow msqrt mstyle msub msubsup msup mtable mtd "
    "mtext mtr munder munderover mover mspace"
)
KNOWN = frozenset(_NAMES.split())
"""Names in small letters."""

LEFT_OUT = frozenset(
    {"applet", "audio", "canvas", "embed", "frame", "iframe", "math", "meter", "object"}
    | {"progress", "select", "textarea", "video"}
)
"""Those that show something by themselves, of which no page keeps anything, as on a forge."""
