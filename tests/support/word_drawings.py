"""Make drawings as Word writes them: shapes, flow charts, a chart, SmartArt, a metafile."""

from __future__ import annotations

import struct

from tests.support.word_files import make_docx, paragraph, run

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_EMU = 12_700  # a point
_URI = "http://schemas.microsoft.com/office/word/2010/wordprocessing"


def shape(text: str, x: int, y: int, form: str = "rect", wide: int = 90, high: int = 30) -> str:
    """Return a shape, in points from the corner of its drawing; with words, or bare."""
    inside = (
        f"<wps:txbx><w:txbxContent>{paragraph(run(text))}</w:txbxContent></wps:txbx>"
        if text
        else ""
    )
    return (
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="{x * _EMU}" y="{y * _EMU}"/>'
        f'<a:ext cx="{wide * _EMU}" cy="{high * _EMU}"/></a:xfrm><a:prstGeom prst="{form}"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:srgbClr val="DDEEFF"/></a:solidFill><a:ln w="12700"><a:solidFill>'
        f'<a:srgbClr val="003366"/></a:solidFill></a:ln></wps:spPr>{inside}<wps:bodyPr/></wps:wsp>'
    )


def drawing(inside: str, kind: str, wide: int = 300, high: int = 150, told: str = "") -> str:
    """Return a run with a drawing in the line."""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide * _EMU}" '
        f'cy="{high * _EMU}"/><wp:docPr id="1" name="x" descr="{told}"/><a:graphic {_A}><a:graphicData '
        f'uri="{kind}">{inside}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def floating(text: str, x: int, y: int, form: str = "rect", wide: int = 90, high: int = 30) -> str:
    """Return a run with a shape of its own that floats, as flow charts are often drawn."""
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{x * _EMU}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{y * _EMU}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{wide * _EMU}" cy="{high * _EMU}"/><wp:wrapNone/><wp:docPr id="2" name="y"/>'
        f'<a:graphic {_A}><a:graphicData uri="{_URI}Shape">{shape(text, 0, 0, form, wide, high)}'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def group(*shapes: str, told: str = "") -> str:
    """Return a run with shapes that were grouped."""
    whole = f'<a:off x="0" y="0"/><a:ext cx="{300 * _EMU}" cy="{150 * _EMU}"/>'
    bounds = whole + whole.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    inside = (
        f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{bounds}</a:xfrm></wpg:grpSpPr>"
        f"{''.join(shapes)}</wpg:wgp>"
    )
    return drawing(inside, f"{_URI}Group", told=told)


def old_group(*texts: str) -> str:
    """Return a run with boxes and a line as versions of Word before 2010 draw them (VML)."""
    boxes = "".join(
        f'<v:rect style="position:absolute;left:{1500 * number};top:0;width:1200;height:500" fillcolor="#ddeeff">'
        f"<v:textbox><w:txbxContent>{paragraph(run(text))}</w:txbxContent></v:textbox></v:rect>"
        for number, text in enumerate(texts)
    )
    return (
        '<w:r><w:pict><v:group style="width:300pt;height:80pt" coordsize="6000,1600">'
        f'{boxes}<v:line from="1200,250" to="1500,250"/></v:group></w:pict></w:r>'
    )


def chart() -> tuple[str, dict[str, tuple[str, str, bytes]]]:
    """Return a run with a bar chart, and its part."""

    def cached(texts: list[str], kind: str) -> str:
        points = "".join(
            f'<c:pt idx="{number}"><c:v>{text}</c:v></c:pt>' for number, text in enumerate(texts)
        )
        return f'<c:{kind}Cache><c:ptCount val="{len(texts)}"/>{points}</c:{kind}Cache>'

    def series(number: int, name: str, values: list[str]) -> str:
        return (
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>B1</c:f>{cached([name], "str")}'
            f"</c:strRef></c:tx><c:cat><c:strRef><c:f>A2</c:f>{cached(['Quý I', 'Quý II'], 'str')}</c:strRef></c:cat>"
            f"<c:val><c:numRef><c:f>B2</c:f>{cached(values, 'num')}</c:numRef></c:val></c:ser>"
        )

    part = (
        f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {_A}><c:chart><c:title><c:tx>'
        "<c:rich><a:bodyPr/><a:p><a:r><a:t>Khiếu nại theo quý</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea>"
        f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/>{series(0, "Nhận", ["12", "7"])}'
        f'{series(1, "Giải quyết", ["11", "7"])}<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/>'
        '<c:scaling/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/>'
        '<c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
    )
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return drawing('<c:chart r:id="bieudo"/>', uri), {
        "bieudo": ("chart", "charts/chart1.xml", part.encode())
    }


def smart_art(*texts: str) -> tuple[str, dict[str, tuple[str, str, bytes]]]:
    """Return a run with SmartArt, and the part that holds its words."""
    points = "".join(
        f'<dgm:pt modelId="{number}"><dgm:t><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for number, text in enumerate(texts)
    )
    part = (
        f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" {_A}>'
        f"<dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    )
    uri = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    return drawing('<dgm:relIds r:dm="dulieu"/>', uri), {
        "dulieu": ("diagramData", "diagrams/data1.xml", part.encode())
    }


def metafile() -> bytes:
    """Return a Windows metafile (EMF) that shows a rectangle."""
    rectangle = struct.pack("<II4i", 43, 24, 10, 10, 190, 90)
    end = struct.pack("<IIIII", 14, 20, 0, 0, 20)
    size = 88 + len(rectangle) + len(end)
    bounds = struct.pack("<4i4i", 0, 0, 200, 100, 0, 0, 5000, 2500)
    head = struct.pack("<II", 1, 88) + bounds + b" EMF"
    head += struct.pack("<IIIHHIII2i2i", 0x10000, size, 3, 1, 0, 0, 0, 0, 1000, 500, 250, 125)
    return head + rectangle + end


def metafile_drawing() -> tuple[str, dict[str, tuple[str, str, bytes]]]:
    """Return a run with a picture that is a metafile, and the metafile."""
    inside = (
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" '
        'name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="emf"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{200 * _EMU}" cy="{100 * _EMU}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return drawing(inside, uri, 200, 100, "Ảnh cũ"), {
        "emf": ("image", "media/image1.emf", metafile())
    }


STEPS = ("Tiếp nhận", "Xem xét", "Phê duyệt")


def grouped() -> bytes:
    """Return a file with a flow chart that was grouped."""
    boxes = [shape(text, 0, 50 * number) for number, text in enumerate(STEPS)]
    arrows = [shape("", 45, 30 + 50 * number, "straightConnector1", 0, 20) for number in range(2)]
    return make_docx(
        paragraph("Trước."), paragraph(group(*boxes, *arrows, told="Lưu đồ")), paragraph("Sau.")
    )


def scattered() -> bytes:
    """Return a file with a flow chart of shapes that float one by one."""
    boxes = [floating(text, 20, 50 * number) for number, text in enumerate(STEPS)]
    arrows = [
        floating("", 65, 30 + 50 * number, "straightConnector1", 0, 20) for number in range(2)
    ]
    return make_docx(
        paragraph("Trước."), paragraph(run("Lưu đồ:"), *boxes, *arrows), paragraph("Sau.")
    )


def of_parts() -> bytes:
    """Return a file with a chart, SmartArt and a metafile."""
    pieces = [chart(), smart_art("Lập kế hoạch", "Thực hiện"), metafile_drawing()]
    related = {key: part for _, parts in pieces for key, part in parts.items()}
    return make_docx(*(paragraph(inside) for inside, _ in pieces), related=related)
