"""Marks a PDF/A-3a file of WeasyPrint as PDF/UA-1 as well; it draws nothing."""

from weasyprint import Document

# WeasyPrint states one standard only, and its `xmp_metadata` option lands outside the first RDF
# block, where validators do not look. PDF/A wants every foreign property described, hence the
# extension schema beside the identification.
_UA_1 = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_END = b"</rdf:RDF>"


def identify_as_ua1(document: Document) -> None:
    """Make the document state PDF/UA-1 beside the standard that it is written for.

    Source: ISO 14289-1, 5 (identification); ISO 19005-3, 6.6.2.3 (extension schemas).
    """
    metadata = document.metadata
    generate = metadata.generate_rdf_metadata

    def generate_with_ua1(variant: str, version: int, conformance: str) -> bytes:
        head, end, tail = generate(variant, version, conformance).rpartition(_END)
        return head + _UA_1 + end + tail

    metadata.generate_rdf_metadata = generate_with_ua1
