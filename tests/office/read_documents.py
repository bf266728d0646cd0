"""What programs of others read in a report's documents, as JSON: read_documents.py FILE..."""

import io
import json
import sys

import docx
import openpyxl
import pptx


def workbook(blob):
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    return {"rows": [[cell.value for cell in row] for row in sheet.iter_rows()]}


def read_docx(path):
    document = docx.Document(path)
    charts = [part for part in document.part.package.iter_parts()
              if str(part.partname).startswith("/word/charts/")]
    return {
        "title": document.core_properties.title,
        "language": document.core_properties.language,
        "headings": [[p.style.name, p.text] for p in document.paragraphs
                     if p.style.name.lower().startswith("heading")],
        "captions": [p.text for p in document.paragraphs if p.style.name.lower() == "caption"],
        "tables": [[[cell.text for cell in row.cells] for row in table.rows]
                   for table in document.tables],
        "footer": "\n".join(p.text for p in document.sections[0].footer.paragraphs),
        "header": "\n".join(p.text for p in document.sections[0].header.paragraphs),
        "workbooks": [workbook(rel.target_part.blob) for chart in charts
                      for rel in chart.rels.values() if "package" in rel.reltype],
    }


def read_pptx(path):
    slides = []
    for slide in pptx.Presentation(path).slides:
        charts = [shape.chart for shape in slide.shapes if shape.has_chart]
        slides.append({
            "title": slide.shapes.title.text if slide.shapes.title is not None else None,
            "notes": slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "",
            "charts": [{
                "categories": [str(category) for category in chart.plots[0].categories],
                "series": [[series.name, list(series.values)]
                           for plot in chart.plots for series in plot.series],
                "workbook": workbook(chart.part.chart_workbook.xlsx_part.blob),
            } for chart in charts],
        })
    return {"slides": slides}


print(json.dumps([read_docx(path) if path.endswith(".docx") else read_pptx(path)
                  for path in sys.argv[1:]]))
