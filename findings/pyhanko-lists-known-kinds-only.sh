#!/bin/sh
# pyHanko 0.38.0: PdfFileReader.embedded_signatures is not the list of the signatures in a file. One of a
# kind that pyHanko does not judge (here adbe.x509.rsa_sha1, of ISO 32000-1) is left out of it; only a
# line of the log says so. A file signed that way alone has no signature for who counts that list;
# enumerate_sig_fields has the filled field.
# Output seen:
# filled fields: 1
# embedded_signatures: 0
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pyHanko==0.38.0
"$folder/venv/bin/python" - > "$folder/seen" 2> "$folder/log" <<'PYTHON'
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign.fields import enumerate_sig_fields

name, text, number = generic.pdf_name, generic.pdf_string, generic.NumberObject
writer = PdfFileWriter()
stream = writer.add_object(generic.StreamObject(stream_data=b""))
writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 200, 200)))
signature = writer.add_object(generic.DictionaryObject({
    name("/Type"): name("/Sig"),
    name("/Filter"): name("/Adobe.PPKLite"),
    name("/SubFilter"): name("/adbe.x509.rsa_sha1"),
    name("/ByteRange"): generic.ArrayObject([number(0)] * 4),
    name("/Contents"): generic.ByteStringObject(bytes(16)),
}))
field = writer.add_object(generic.DictionaryObject({
    name("/FT"): name("/Sig"), name("/T"): text("Signature1"), name("/V"): signature,
}))
writer.root["/AcroForm"] = generic.DictionaryObject({
    name("/Fields"): generic.ArrayObject([field]), name("/SigFlags"): number(3),
})
written = BytesIO()
writer.write(written)
reader = PdfFileReader(written)
print("filled fields:", len(list(enumerate_sig_fields(reader, filled_status=True))))
print("embedded_signatures:", len(reader.embedded_signatures))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
