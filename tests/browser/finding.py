"""The pages by which people find their way, in each state: (name, who, address)."""

STATES = (
    ("modules, narrowed", "reading", "/modules/?track=foundations&words=unit"),
    ("modules, no such words", "reading", "/modules/?words=nectar"),
    ("search, nothing asked", "reading", "/search/"),
    ("search", "reading", "/search/?q=buffer+ph"),
    ("search, misspelt", "reading", "/search/?q=endotoxn"),
    ("search, nothing found", "reading", "/search/?q=zzzzzz"),
    ("search, drafts too", "reviewer", "/search/?q=buffer&drafts=1"),
    ("glossary", "reading", "/glossary/?module=FND103"),
    ("words of a lesson", "reading", "/glossary/?module=FND103&lesson=20-balances"),
    ("glossary, no such module", "reading", "/glossary/?module=XXX999"),
    ("competencies", "reading", "/competencies/"),
    ("competency", "reading", "/competencies/FND-04/"),
    ("path, no role chosen", "reading", "/path/"),
    ("path", "reading", "/path/?role=MST"),
    ("path to two roles", "instructor", "/path/?role=INS&role=QPR"),
    ("module to print", "reading", "/modules/FND103/print/"),
)
