"""Sign PDF files for tests: an authority, its people and its clock, all made when they are needed."""

from __future__ import annotations

import asyncio
import hashlib
import io
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

START, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2044, 1, 1, tzinfo=UTC)
USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@cache
def _key(number: int) -> RSAPrivateKey:
    """A key takes a moment to be found: each is used again."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


class Holder:
    """A certificate with its key."""

    def __init__(self, certificate: x509.Certificate, key: RSAPrivateKey) -> None:
        self.certificate, self.key = certificate, key
        self.der = certificate.public_bytes(serialization.Encoding.DER)
        self.pem = certificate.public_bytes(serialization.Encoding.PEM)
        private = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        self.asn1 = asn1_x509.Certificate.load(self.der)
        self.asn1_key = asn1_keys.PrivateKeyInfo.load(private)


class Authority(Holder):
    """A root that issues certificates, time stamps and lists of what it revoked."""

    def __init__(self, common: str = "Gốc thử nghiệm", number: int = 0) -> None:
        key = _key(number)
        self._issued = number * 100
        super().__init__(
            self._make(
                common, key, key, common, ("key_cert_sign", "crl_sign"), START, END, ca=True
            ),
            key,
        )
        self._common = common

    def issue(
        self,
        common: str,
        *usages: str,
        start: datetime = START,
        end: datetime = END,
        names_list: bool = False,
        stamps: bool = False,
    ) -> Holder:
        key = _key(self._issued + 1)
        made = self._make(
            self._common, self.key, key, common, usages or ("digital_signature", "content_commitment"), start, end,
            names_list=names_list, stamps=stamps,
        )  # fmt: skip
        return Holder(made, key)

    def revoked(self, *holders: Holder, when: datetime, issued: datetime, days: int = 30) -> bytes:
        """The list of what is revoked, in DER."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(issued)
            .next_update(issued + timedelta(days=days))
        )
        for holder in holders:
            entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(when).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _make(
        self, issuer: str, issuer_key: RSAPrivateKey, key: RSAPrivateKey, common: str, usages: Iterable[str],
        start: datetime, end: datetime, *, ca: bool = False, names_list: bool = False, stamps: bool = False,
    ) -> x509.Certificate:  # fmt: skip
        self._issued += 1
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(common))
            .issuer_name(_name(issuer))
            .public_key(key.public_key())
            .serial_number(1000 + self._issued)
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(**{name: name in set(usages) for name in USAGES}), critical=True
            )
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
                critical=False,
            )
        )
        if stamps:
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        if names_list:
            where = [x509.UniformResourceIdentifier("http://crl.invalid/goc.crl")]
            point = x509.DistributionPoint(where, None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return builder.sign(issuer_key, hashes.SHA256())


class _At(signers.PdfSigner):
    """A signer whose watch shows a given moment."""

    moment: datetime

    def init_signing_session(self, *words: Any, **more: Any) -> Any:
        session = super().init_signing_session(*words, **more)
        session.system_time = self.moment
        return session


def plain_pdf(words: str = "Quyết định") -> bytes:
    """A page, by a tool that knows nothing of signatures."""
    import typst

    return bytes(typst.compile(words.encode(), timestamp=1700000000))


def sign(
    data: bytes,
    holder: Holder,
    authority: Authority,
    *,
    when: datetime = datetime(2024, 3, 1, 8, tzinfo=UTC),
    field: str = "Ky1",
    stamp: bool = False,
    certify: bool = False,
) -> bytes:
    """The file, signed; `stamp`: with a time stamp of the authority at that moment."""
    store = SimpleCertificateStore()
    store.register_multiple([authority.asn1])
    signer = signers.SimpleSigner(holder.asn1, holder.asn1_key, store)
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", signer_key_usage=set(), certify=certify,
        subfilter=fields.SigSeedSubFilter.PADES,
    )  # fmt: skip
    pen = _At(meta, signer, timestamper=_stamper(authority, when) if stamp else None)
    pen.moment = when
    out = pen.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)))
    return bytes(out.getvalue())


def stamp_document(data: bytes, authority: Authority, when: datetime) -> bytes:
    """The file with a time stamp over all of it."""
    stamper = signers.PdfTimeStamper(_stamper(authority, when))
    out = stamper.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), "sha256")
    return bytes(out.getvalue())


def add_proofs(data: bytes, *lists: bytes, certificates: Iterable[Holder] = ()) -> bytes:
    """The file with stored revocation lists and certificates behind its signatures."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, crls=[asn1_crl.CertificateList.load(made) for made in lists],
        certs=[holder.asn1 for holder in certificates],
    )  # fmt: skip
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stamper(authority: Authority, when: datetime) -> DummyTimeStamper:
    store = SimpleCertificateStore()
    store.register_multiple([authority.asn1])
    clock = authority.issue("Đồng hồ", "digital_signature", stamps=True)
    return DummyTimeStamper(clock.asn1, clock.asn1_key, certs_to_embed=store, fixed_dt=when)


def another_page(data: bytes) -> bytes:
    """The file with one more page behind what is in it, as an update that keeps its bytes."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    pages = writer.root["/Pages"]
    kids = pages["/Kids"]
    kids.append(kids.raw_get(0))
    pages["/Count"] = generic.NumberObject(len(kids))
    writer.mark_update(writer.root.raw_get("/Pages").reference)
    writer.update_container(kids)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def annotated(data: bytes, subtype: str = "/Text", **more: str) -> bytes:
    """The file with a note on its page, as an update that keeps its bytes.

    `more`: what else the note says of itself; «Page» is said of the page.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    if "Page" in more:
        page[generic.NameObject("/Words")] = generic.pdf_string(more.pop("Page"))
        writer.update_container(page)
    words = {"/Type": generic.NameObject("/Annot"), "/Subtype": generic.NameObject(subtype), "/Rect": _corners(),
             "/Contents": generic.pdf_string("Ghi chú"), **_said(more)}  # fmt: skip
    page["/Annots"].append(writer.add_object(_dictionary(words)))
    writer.update_container(page["/Annots"])
    return _written(writer)


def with_form(data: bytes) -> bytes:
    """The file with a field to fill in, of the name «So»."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    said = {"Type": "/Annot", "Subtype": "/Widget", "FT": "/Tx"}
    field = {**_said(said), "/T": generic.pdf_string("So"), "/Rect": _corners()}
    made = writer.add_object(_dictionary(field))
    page[generic.NameObject("/Annots")] = generic.ArrayObject([made])
    fields_of_form = generic.ArrayObject([made])
    writer.root[generic.NameObject("/AcroForm")] = writer.add_object(
        _dictionary({"/Fields": fields_of_form, "/SigFlags": generic.NumberObject(3)})
    )
    writer.update_root()
    writer.update_container(page)
    return _written(writer)


def filled_in(data: bytes, words: str = "12/QĐ-VD") -> bytes:
    """The file with its field filled in, as an update that keeps its bytes."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields_of_form = (each.get_object() for each in writer.root["/AcroForm"]["/Fields"])
    field = next(each for each in fields_of_form if each.get("/T") == "So")
    field[generic.NameObject("/V")] = generic.pdf_string(words)
    writer.update_container(field)
    return _written(writer)


def over_a_part(
    data: bytes,
    holder: Holder,
    authority: Authority,
    *,
    unsigned: int = 40,
    stamped: datetime | None = None,
) -> bytes:
    """A signed file, signed anew so that its last bytes are not signed; what is signed matches.

    `stamped`: what is made anew is a time stamp over the file, of that moment.
    """
    start = data.rindex(b"/ByteRange")
    end = data.index(b"]", start) + 1
    _, length, after, rest = (
        int(word) for word in data[start:end].strip(b"]").split(b"[")[1].split()
    )
    span = b"/ByteRange [0 %d %d %d]" % (length, after, rest - unsigned)
    data = data[:start] + span.ljust(end - start) + data[end:]
    signed = data[:length] + data[after : after + rest - unsigned]
    store = SimpleCertificateStore()
    store.register_multiple([authority.asn1])
    signer = signers.SimpleSigner(holder.asn1, holder.asn1_key, store)
    digest = hashlib.sha256(signed).digest()
    if stamped is None:
        made = asyncio.run(signer.async_sign(digest, "sha256", use_pades=True))
    else:
        made = asyncio.run(_stamper(authority, stamped).async_timestamp(digest, "sha256"))
    contents: bytes = made.dump().hex().encode()
    return data[: length + 1] + contents.ljust(after - length - 2, b"0") + data[after - 1 :]


def _corners() -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(number) for number in (10, 10, 20, 20)])


def _said(words: dict[str, str]) -> dict[str, Any]:
    return {f"/{key}": generic.NameObject(value) for key, value in words.items()}


def _dictionary(words: dict[str, Any]) -> generic.DictionaryObject:
    return generic.DictionaryObject({generic.NameObject(key): each for key, each in words.items()})


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
