"""The checker finds what is wrong with a practical, with its file and key."""

from lms.curriculum.checking.checker import check, examine

FILE = "practicals/weighing.toml"


def test_practical_is_read_with_its_steps_in_order(curriculum, kinds):
    (draft,) = examine([curriculum.source], kinds).drafts
    (practical,) = draft.practicals
    assert [step["id"] for step in practical["steps"]] == ["check", "weigh", "write"]
    assert practical["competencies"] == {"FND-02": 2}


def test_steps_that_are_twice_there_or_out_of_order_are_named(curriculum, kinds, told):
    curriculum.change_module(FILE, 'id = "write"', 'id = "check"')
    curriculum.change_module(FILE, 'text = "Weighs the salt"', 'text = "x"\nbefore = ["check"]')
    assert told(check([curriculum.source], kinds)) == {
        (FILE, "step[1].before"),
        (FILE, "step[2].id"),
    }


def test_names_that_lead_nowhere_are_named(curriculum, kinds, told):
    curriculum.change_module(FILE, 'outcomes = ["LO1"]', 'outcomes = ["LO7"]')
    curriculum.change_module(FILE, 'before = ["weigh"]', 'before = ["way"]')
    curriculum.change_module(FILE, "ref:LIMIT-1", "ref:LIMIT-9")
    curriculum.change_module(FILE, "FND-02 = 2", "FND-02 = 2\nFND-77 = 1")
    assert told(check([curriculum.source], kinds)) == {
        (FILE, "outcomes[0]"),
        (FILE, "step[0].before"),
        (FILE, "set_up"),
        (FILE, "competencies.FND-77"),
    }


def test_file_and_id_of_a_practical_are_one_name(curriculum, kinds, told):
    curriculum.change_module(FILE, 'id = "weighing"', 'id = "wagging"')
    assert told(check([curriculum.source], kinds)) == {(FILE, "id")}


def test_level_two_needs_a_practical_that_gives_it(curriculum, kinds, told):
    curriculum.change_module(FILE, "FND-02 = 2", "FND-02 = 1")
    assert told(check([curriculum.source], kinds)) == {("module.toml", "competency[0].most")}


def test_level_two_stands_on_level_one_from_the_paper(curriculum, kinds, told):
    curriculum.change_module("module.toml", "from_paper = 1", "from_paper = 0")
    assert ("module.toml", "competency[0].from_paper") in told(check([curriculum.source], kinds))


def test_practical_without_a_critical_step_is_noted(curriculum, kinds):
    curriculum.change_module(FILE, "critical = true", "critical = false")
    (problem,) = check([curriculum.source], kinds)
    assert (problem.note, problem.key) == (True, "step")
