"""The pages by which everybody finds their way: each is open to all who are signed in."""

FINDING = {
    "catalogue.modules": "/modules/",
    "catalogue.glossary": "/glossary/",
    "catalogue.glossary_file": "/glossary/glossary.csv",
    "catalogue.competencies": "/competencies/",
    "catalogue.competencies_file": "/competencies/competencies.csv",
    "catalogue.path": "/path/?role=UPO",
    "catalogue.path_file": "/path/path.csv?role=UPO",
    "curriculum.whole": "/modules/FND103/print/",
    "search.page": "/search/?q=buffer",
}
