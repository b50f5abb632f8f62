"""Files made in code, good and bad, for the tests of reading."""

import io
import struct
import zipfile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.comments import Comment

W = nsdecls("w")
WORD_TYPE = b'<a ContentType="x.wordprocessingml.document.main+xml"/>'


def repacked(
    data: bytes, *, add: dict[str, bytes] | None = None, change: dict[str, tuple[str, str]] | None = None
) -> bytes:
    """Copy a zip, adding members and replacing text in others."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for item in old.infolist():
            content = old.read(item)
            if change and item.filename in change:
                before, after = change[item.filename]
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode())
            new.writestr(item.filename, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain_docx(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def nine_marks_docx() -> bytes:
    """Header, footer, merged cells, nested table, hidden, deleted, inserted, text box, comment."""
    document = Document()
    document.add_heading("常青小学校务公开方案", level=0)
    document.add_heading("一、总则", level=1)
    paragraph = document.add_paragraph("看得见的正文")
    paragraph.add_run("看不见的话").font.hidden = True
    paragraph._p.append(
        parse_xml(f'<w:del {W} w:id="1" w:author="x"><w:r><w:delText>删掉的话</w:delText></w:r></w:del>')
    )
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="2" w:author="x"><w:r><w:t>插入的话</w:t></w:r></w:ins>'))
    box = f"""<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
      <mc:AlternateContent>
      <mc:Choice Requires="wps"><w:drawing>
        <w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
      <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>
    </mc:AlternateContent></w:r>"""
    document.add_paragraph("框前")._p.append(parse_xml(box))
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "合并的表头"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "合并的行"
    table.cell(1, 1).text = "甲"
    table.cell(2, 1).text = "乙"
    inner = table.cell(1, 2).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "内表的字"
    document.sections[0].header.paragraphs[0].text = "页眉的字"
    document.sections[0].footer.paragraphs[0].text = "页脚的字"
    document.add_comment(paragraph.runs[0], text="批注的话", author="甲", initials="j")
    return saved(document)


def numbered_docx() -> bytes:
    """Two paragraphs whose 一、 and 二、 are automatic numbers."""
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {W} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for text in ("工作目标", "工作措施"):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'))
    return saved(document)


def marked_docx(width: int = 300) -> bytes:
    """A docx with macros, kept under the name .docx."""
    return repacked(plain_docx("正文" * width), add={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def hidden_xlsx(secret: str = "440106199001011235") -> bytes:
    """A workbook that hides a column, a row, a sheet and a comment."""
    book = Workbook()
    sheet = book.active
    sheet.title = "成绩"
    sheet.append(["姓名", "班级", "身份证号"])
    sheet.append(["张三", "三(1)班", secret])
    sheet.append(["李四", "三(2)班", None])
    sheet.append(["王五", "隐藏行内容", None])
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet["A2"].comment = Comment("家长电话待核", "office")
    book.create_sheet("草稿").append(["别公开"])
    book["草稿"].sheet_state = "hidden"
    book.create_sheet("深藏").append(["更别公开"])
    book["深藏"].sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(*rows: list) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb_docx(megabytes: int = 220) -> bytes:
    """A few hundred kilobytes that unpack to hundreds of megabytes."""
    return repacked(plain_docx("正文"), add={"word/filler.xml": b" " * (megabytes * 1024 * 1024)})


def lying_bomb_docx() -> bytes:
    """A bomb whose directory declares 1,000 bytes for its biggest member."""
    data = bytearray(repacked(plain_docx("正文"), add={"word/header1.xml": b" " * (30 * 1024 * 1024)}))
    real = struct.pack("<I", 30 * 1024 * 1024)
    return bytes(data).replace(real, struct.pack("<I", 1000))


def encrypted_docx() -> bytes:
    """A zip-encrypted docx: the flag is set on every member."""
    data = bytearray(plain_docx("正文"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def password_ole() -> bytes:
    """What Office writes for a document with a password: OLE with an EncryptedPackage stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def pdf(*pages: str) -> bytes:
    """A PDF of ASCII pages; an empty page has no text at all."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for text in pages:
        lines = "".join(f"({line}) Tj 0 -16 Td " for line in text.split("\n") if line)
        stream = f"BT /F1 12 Tf 72 720 Td {lines} ET".encode() if text else b""
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            b"/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
