"""The word DRAFT across each page of a Word document."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml

SHAPE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="DraftWatermark" o:spid="_x0000_s2049" type="#_x0000_t136" alt="Draft" style="position:absolute;margin-left:0;'
    "margin-top:0;width:430pt;height:150pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
    '" fillcolor="#f1e8e7" stroked="f"><v:textpath style="font-family:&quot;Georgia&quot;" string="DRAFT"/></v:shape>'
    "</w:pict></w:r>"
)


def draft_mark() -> Any:
    """A run for the header that draws the word behind the text of each page."""
    return parse_xml(SHAPE)
