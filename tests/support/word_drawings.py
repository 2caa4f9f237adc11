"""Make drawings as Word writes them: shapes, flow charts, a chart, SmartArt, a metafile."""

from __future__ import annotations

import re
import struct

from tests.support.word_files import content_types, make_docx, paragraph, run

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


def real_smart_art() -> tuple[str, dict[str, tuple[str, str, bytes]]]:
    """Return a run with SmartArt as Word writes it: data, layout, styles, colours, what was drawn.

    Points of the data that hold no words stand between those that do.
    """

    def point(number: int, kind: str, inside: str) -> str:
        named = f' type="{kind}"' if kind else ""
        return f'<dgm:pt modelId="{number}"{named}><dgm:prSet/><dgm:spPr/>{inside}</dgm:pt>'

    def words(text: str) -> str:
        pieces = "<a:br/>".join(
            f'<a:r><a:rPr lang="vi-VN" dirty="0"/><a:t>{piece}</a:t></a:r>'
            for piece in text.split("|")
        )
        return f"<dgm:t><a:bodyPr/><a:lstStyle/><a:p>{pieces}</a:p></dgm:t>"

    empty = "<dgm:t><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></dgm:t>"
    texts = ("Hoạch định", "Thực hiện|theo kế hoạch", "Kiểm tra")
    points = point(0, "doc", empty)
    links = ""
    for number, text in enumerate(texts, start=1):
        points += point(10 * number, "", words(text))
        points += point(10 * number + 1, "parTrans", empty) + point(
            10 * number + 2, "sibTrans", empty
        )
        points += f'<dgm:pt modelId="{10 * number + 3}" type="pres"><dgm:prSet presName="node"/><dgm:spPr/></dgm:pt>'
        links += f'<dgm:cxn modelId="{100 + number}" srcId="0" destId="{10 * number}" srcOrd="{number - 1}" destOrd="0"/>'
    names = f'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" {_A}'
    data = (
        f"<dgm:dataModel {names}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst><dgm:bg/><dgm:whole/>"
        '<dgm:extLst><a:ext uri="http://schemas.microsoft.com/office/drawing/2008/diagram"><dsp:dataModelExt '
        'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" relId="ve" minVer="http://schemas.'
        'openxmlformats.org/drawingml/2006/diagram"/></a:ext></dgm:extLst></dgm:dataModel>'
    )
    drawn = "".join(
        f'<dsp:sp modelId="{{{number}}}"><dsp:nvSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr>'
        f'<a:xfrm><a:off x="{110 * _EMU * number}" y="0"/><a:ext cx="{100 * _EMU}" cy="{50 * _EMU}"/></a:xfrm>'
        '<a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="4472C4"/></a:solidFill>'
        f'</dsp:spPr><dsp:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="vi-VN" sz="900"/><a:t>'
        f"{text.replace('|', ' ')}</a:t></a:r></a:p></dsp:txBody></dsp:sp>"
        for number, text in enumerate(texts)
    )
    drawing_part = (
        f'<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" {names}><dsp:spTree>'
        f'<dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/>{drawn}'
        "</dsp:spTree></dsp:drawing>"
    )
    layout = f'<dgm:layoutDef {names} uniqueId="urn:microsoft.com/office/officeart/2005/8/layout/process1"><dgm:title val=""/><dgm:desc val=""/><dgm:catLst/><dgm:layoutNode name="Name0"/></dgm:layoutDef>'
    style = f'<dgm:styleDef {names} uniqueId="urn:microsoft.com/office/officeart/2005/8/quickstyle/simple1"><dgm:title val=""/></dgm:styleDef>'
    colors = f'<dgm:colorsDef {names} uniqueId="urn:microsoft.com/office/officeart/2005/8/colors/accent1_2"><dgm:title val=""/></dgm:colorsDef>'
    parts = {
        "du": ("diagramData", "diagrams/data1.xml", data),
        "bo": ("diagramLayout", "diagrams/layout1.xml", layout),
        "kieu": ("diagramQuickStyle", "diagrams/quickStyle1.xml", style),
        "mau": ("diagramColors", "diagrams/colors1.xml", colors),
        "ve": ("http://schemas.microsoft.com/office/2007/relationships/diagramDrawing", "diagrams/drawing1.xml", drawing_part),
    }  # fmt: skip
    uri = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    related = {key: (kind, path, text.encode()) for key, (kind, path, text) in parts.items()}
    inside = f'<dgm:relIds xmlns:dgm="{uri}" r:dm="du" r:lo="bo" r:qs="kieu" r:cs="mau"/>'
    return drawing(inside, uri, 340, 60), related


def titled_chart() -> tuple[str, dict[str, tuple[str, str, bytes]]]:
    """Return a run with a chart as Word writes it: titles of axes, labels, a title from a cell."""

    def rich(text: str) -> str:
        return (
            "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr/></a:pPr><a:r><a:t>"
            f'{text}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        )

    def cell(text: str) -> str:
        return (
            f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{text}</c:v></c:pt></c:strCache>'
        )

    label = (
        '<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>đạt mục tiêu</a:t></a:r></a:p></c:rich>'
        '</c:tx><c:showVal val="1"/></c:dLbl></c:dLbls>'
    )
    levels = (
        '<c:multiLvlStrRef><c:f>A2:B3</c:f><c:multiLvlStrCache><c:ptCount val="2"/><c:lvl><c:pt idx="0"><c:v>Tháng 1</c:v>'
        '</c:pt><c:pt idx="1"><c:v>Tháng 2</c:v></c:pt></c:lvl><c:lvl><c:pt idx="0"><c:v>Quý I</c:v></c:pt></c:lvl>'
        "</c:multiLvlStrCache></c:multiLvlStrRef>"
    )
    numbers = (
        '<c:numRef><c:f>C2:C3</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="2"/><c:pt idx="0">'
        '<c:v>98.5</c:v></c:pt><c:pt idx="1"><c:v>97</c:v></c:pt></c:numCache></c:numRef>'
    )
    part = (
        f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {_A}><c:chart><c:title><c:tx>'
        f"<c:strRef><c:f>C1</c:f>{cell('Tỷ lệ đúng hạn')}</c:strRef></c:tx></c:title><c:plotArea><c:layout/><c:barChart>"
        '<c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>Hồ sơ</c:v></c:tx>'
        f"{label}<c:cat>{levels}</c:cat><c:val>{numbers}</c:val></c:ser>"
        '<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:axPos val="b"/>'
        f'{rich("Kỳ báo cáo")}<c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:axPos val="l"/>'
        f'{rich("Phần trăm")}<c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
    )
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return drawing(f'<c:chart xmlns:c="{uri}" r:id="bieudo"/>', uri), {
        "bieudo": ("chart", "charts/chart1.xml", part.encode())
    }


def old_word_art(text: str) -> str:
    """Return a run with WordArt as versions of Word before 2010 keep it, a watermark too."""
    return (
        '<w:r><w:pict><v:shape type="#_x0000_t136" style="width:200pt;height:40pt" fillcolor="#ddd">'
        f'<v:textpath style="font-family:&quot;Arial&quot;" string="{text}"/></v:shape></w:pict></w:r>'
    )


def new_word_art(text: str) -> str:
    """Return a run with WordArt as Word writes it now: a text box whose words are bent."""
    bent = shape(text, 0, 0).replace(
        "<wps:bodyPr/>",
        '<wps:bodyPr><a:prstTxWarp prst="textWave1"><a:avLst/></a:prstTxWarp></wps:bodyPr>',
    )
    return drawing(bent, f"{_URI}Shape")


def embedded_workbook() -> tuple[str, dict[str, tuple[str, str, bytes]]]:
    """Return a run with an Excel sheet that is embedded: its picture, and the workbook."""
    inside = (
        '<w:r><w:object xmlns:o="urn:schemas-microsoft-com:office:office" w:dxaOrig="2000" w:dyaOrig="1000"><v:shape id="s" type="#_x0000_t75" style="width:100pt;height:50pt" '
        'o:ole=""><v:imagedata r:id="xem" o:title=""/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" '
        'ShapeID="s" DrawAspect="Content" ObjectID="_1" r:id="bang"/></w:object></w:r>'
    )
    return inside, {
        "xem": ("image", "media/image2.emf", metafile()),
        "bang": ("package", "embeddings/Microsoft_Excel_Worksheet.xlsx", b"PK"),
    }


def formula() -> str:
    """Return a run of formulas: a fraction, a root, a sum, powers, brackets, a matrix."""

    def letters(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    def part(name: str, text: str) -> str:
        return f"<m:{name}>{text}</m:{name}>"

    power = f"<m:sSup>{part('e', letters('x'))}{part('sup', letters('2'))}</m:sSup>"
    fraction = f"<m:f><m:fPr><m:ctrlPr/></m:fPr>{part('num', letters('a+b'))}{part('den', letters('2'))}</m:f>"
    root = f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr>{part("deg", "")}{part("e", power)}</m:rad>'
    low = f"<m:sSub>{part('e', letters('x'))}{part('sub', letters('i'))}</m:sSub>"
    total = (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{part("sub", letters("i=1"))}{part("sup", letters("n"))}'
        f"{part('e', low)}</m:nary>"
    )
    brackets = f"<m:d>{part('e', letters('1-p'))}</m:d>"
    rows = f"<m:m><m:mr>{part('e', letters('1'))}{part('e', letters('0'))}</m:mr><m:mr>{part('e', letters('0'))}{part('e', letters('1'))}</m:mr></m:m>"
    limit = f"<m:func>{part('fName', '<m:limLow>' + part('e', letters('lim')) + part('lim', letters('n→∞')) + '</m:limLow>')}{part('e', letters('u'))}</m:func>"
    pieces = (
        letters("s="),
        fraction,
        letters("+"),
        root,
        letters("+"),
        total,
        brackets,
        letters(";"),
        rows,
        letters(";"),
        limit,
    )
    return f"<m:oMath>{''.join(pieces)}</m:oMath>"


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


_DIAGRAM = "openxmlformats-officedocument.drawingml.diagram"
_KINDS = {
    "diagrams/layout1.xml": f"{_DIAGRAM}Layout",
    "diagrams/quickStyle1.xml": f"{_DIAGRAM}Style",
    "diagrams/colors1.xml": f"{_DIAGRAM}Colors",
    "diagrams/drawing1.xml": "ms-office.drawingml.diagramDrawing",
}


def as_word_draws() -> bytes:
    """Return a file with SmartArt and a chart as Word itself writes them."""
    pieces = [real_smart_art(), titled_chart()]
    related = {key: part for _, parts in pieces for key, part in parts.items()}
    kinds = {"[Content_Types].xml": content_types(_KINDS)}
    return make_docx(*(paragraph(inside) for inside, _ in pieces), related=related, parts=kinds)


def drawn_alone() -> bytes:
    """Return a file with SmartArt whose data holds no words any more; what was drawn of it does."""
    inside, parts = real_smart_art()
    kind, path, data = parts["du"]
    parts["du"] = kind, path, re.sub(rb"<a:t>[^<]*</a:t>", b"<a:t></a:t>", data)
    kinds = {"[Content_Types].xml": content_types(_KINDS)}
    return make_docx(paragraph(inside), related=parts, parts=kinds)


def bent_words() -> bytes:
    """Return a file with WordArt of both times, and a watermark."""
    return make_docx(
        paragraph(old_word_art("CHẤT LƯỢNG")),
        paragraph(new_word_art("AN TOÀN")),
        header=paragraph(run("Mã hiệu: QT-01"), old_word_art("BẢN NHÁP")),
    )


def embedded() -> bytes:
    """Return a file with an embedded workbook."""
    inside, related = embedded_workbook()
    return make_docx(paragraph(run("Bảng: "), inside), related=related)


def formulas() -> bytes:
    """Return a file with formulas, in a line and on one of their own."""
    return make_docx(
        paragraph(run("Tỷ lệ "), formula(), run(" tính theo quý.")),
        paragraph(f"<m:oMathPara>{formula()}</m:oMathPara>"),
    )
