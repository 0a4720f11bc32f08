"""Checks the clauses of programmes: names, hours, levels, exam, what they build on.

Whether their modules lead to what they require is checked with the graph.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lms.curriculum.checking.graph import Modules, not_there, reached_by
from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.drafts.draft import Draft, Shared
from lms.curriculum.drafts.programme import ProgrammeFile
from lms.curriculum.needs import ALONE
from lms.errors import N_

Programmes = Mapping[str, ProgrammeFile]


def check_programmes(drafts: Sequence[Draft], shared: Shared) -> Iterator[Problem]:
    """Yield the problems of every programme's clauses."""
    modules = {draft.module.id: draft.module for draft in drafts}
    by_id = {one.id: one for one in shared.programmes.values()}
    for file, one in shared.programmes.items():
        yield from _check_names(file, one, shared)
        yield from _check_clauses(file, one)
        if one.exam:
            yield from _check_exam(file, one)
        yield from _check_ground(file, one, by_id)
        if not not_there(one.modules, modules):
            yield from _check_hours(file, one, modules)
            yield from _check_periods(file, one, by_id, modules)
            yield from _check_required(file, one, shared, modules)


def _check_names(file: str, one: ProgrammeFile, shared: Shared) -> Iterator[Problem]:
    roles = shared.role_ids()
    named = [(f"roles[{index}]", role) for index, role in enumerate(one.roles) if role != "all"]
    named += [("matches", one.matches)] if one.matches else []
    for key, role in named:
        if role not in roles:
            yield unknown(file, key, N_("no role “%(name)s” in the framework"), role, roles)
    known = shared.competency_ids()
    lists = [(f"choice[{at}].competencies", c.competencies) for at, c in enumerate(one.choice)]
    lists += [(f"evidence[{at}].tasks", clause.tasks) for at, clause in enumerate(one.evidence)]
    for key, names in lists:
        for name in names:
            if name not in known:
                what = N_("no competency “%(name)s” in the framework")
                yield unknown(file, key, what, name, known)
    yield from _twice(file, "requires", (r.competency for r in one.requires))


def _twice(file: str, key: str, names: Iterable[str]) -> Iterator[Problem]:
    for name, times in Counter(names).items():
        if times > 1:
            message = N_("“%(name)s” stands here twice")
            yield Problem(file, key, message, N_("take one out"), {"name": name})


def _check_clauses(file: str, one: ProgrammeFile) -> Iterator[Problem]:
    for index, clause in enumerate(one.evidence):
        key = f"evidence[{index}]"
        for code in clause.modules:
            if code not in one.modules:
                what = N_("“%(name)s” is not among the modules of this programme")
                yield unknown(file, f"{key}.modules", what, code, one.modules)
        if clause.of and (clause.count or 0) > clause.of:
            message = N_("count is larger than of")
            yield Problem(file, f"{key}.count", message, N_("lower count, or raise of"))
        for bound in clause.passes:
            if bound.least is None and bound.most is None:
                message = N_("this says neither the least nor the most that passes")
                yield Problem(file, f"{key}.passes", message, N_("write least, most or both"))


def _check_exam(file: str, one: ProgrammeFile) -> Iterator[Problem]:
    """Check that every module stands in exactly one domain of the exam."""
    domains = one.exam.domain if one.exam else []
    examined = [code for domain in domains for code in domain.modules]
    yield from _twice(file, "exam.domain", examined)
    for code in sorted(set(examined) - set(one.modules)):
        what = N_("“%(name)s” is not among the modules of this programme")
        yield unknown(file, "exam.domain", what, code, one.modules)
    for code in sorted(set(one.modules) - set(examined)):
        message = N_("no domain of the exam holds %(name)s")
        yield Problem(file, "exam.domain", message, N_("add it to a domain"), {"name": code})
    if sum(domain.elective for domain in domains) != (1 if one.elective else 0):
        message = N_("the chosen modules belong to one domain of the exam")
        mend = N_("write elective = true in one domain if there are electives, else in none")
        yield Problem(file, "exam.domain", message, mend)


def _check_ground(file: str, one: ProgrammeFile, by_id: Programmes) -> Iterator[Problem]:
    """Check that a programme which takes in another whole has its modules and kinds of evidence."""
    if not one.builds_on:
        return
    ground = by_id.get(one.builds_on.programme)
    if ground is None or ground is one:
        what = N_("there is no programme “%(name)s”")
        others = by_id.keys() - {one.id}
        yield unknown(file, "builds_on.programme", what, one.builds_on.programme, others)
    elif one.builds_on.whole:
        for code in [code for code in ground.modules if code not in one.modules]:
            message = N_("%(programme)s has %(name)s, which is missing here")
            params = {"programme": ground.id, "name": code}
            yield Problem(file, "modules", message, N_("add it to the modules"), params)
        kinds = {clause.kind for clause in one.evidence}
        for kind in sorted({clause.kind for clause in ground.evidence} - kinds):
            message = N_("%(programme)s asks for evidence of the kind %(name)s, missing here")
            params = {"programme": ground.id, "name": kind}
            yield Problem(file, "evidence", message, N_("add a clause of this kind"), params)


def _check_hours(file: str, one: ProgrammeFile, modules: Modules) -> Iterator[Problem]:
    """Check that the hours are the sum of the modules', a single lesson counting as one."""
    sum_of_all = 0
    for code in one.modules:
        sum_of_all += sum(modules[code].hours.model_dump().values()) if code in modules else ALONE
    if one.hours is not None and one.hours != sum_of_all:
        message = N_("the hours are %(hours)s; those of its modules and lessons are %(sum)s")
        params = {"hours": str(one.hours), "sum": str(sum_of_all)}
        mend = N_("write the sum, or correct the list of modules")
        yield Problem(file, "hours", message, mend, params)


def _check_periods(
    file: str, one: ProgrammeFile, by_id: Programmes, modules: Modules
) -> Iterator[Problem]:
    """Check the period that the certificate is valid, and the span of its own modules' periods."""
    if one.requalify_months is None:
        return
    ground = by_id.get(one.builds_on.programme) if one.builds_on else None
    own = [code for code in one.modules if not (ground and code in ground.modules)]
    message = N_("here is %(said)s; the requalification periods of its modules say %(found)s")
    mend = N_("write what the modules say")
    every = _periods(one.modules, modules)
    if every and one.validity_months != min(every):
        params = {"said": str(one.validity_months), "found": str(min(every))}
        yield Problem(file, "validity_months", message, mend, params)
    periods = _periods(own, modules)
    if periods and one.requalify_months != [min(periods), max(periods)]:
        params = {
            "said": "–".join(map(str, one.requalify_months)),
            "found": f"{min(periods)}–{max(periods)}",
        }
        yield Problem(file, "requalify_months", message, mend, params)


def _periods(codes: Iterable[str], modules: Modules) -> list[int]:
    found = (modules[code].requalify_months for code in codes if code in modules)
    return [months for months in found if months]


def _check_required(
    file: str, one: ProgrammeFile, shared: Shared, modules: Modules
) -> Iterator[Problem]:
    """Check that a programme with an exam requires all that its modules give, as high as asked."""
    required = {r.competency: r.level for r in one.requires}
    needed: dict[str, int] = {}
    for code in one.modules if one.exam else ():
        for given in modules[code].competency if code in modules else ():
            needed[given.id] = max(needed.get(given.id, 0), given.most)
    if one.matches:
        reached = reached_by(one.modules, modules)
        for name, level in _asked_by(one.matches, shared).items():
            if level >= 3 and reached.get(name, 0) >= 3:
                needed[name] = 3
    for name, level in sorted(needed.items()):
        if required.get(name, 0) < level:
            message = N_("%(competency)s has to be required at %(level)s")
            params = {"competency": name, "level": str(level)}
            yield Problem(file, "requires", message, N_("add it, or raise its level"), params)


def _asked_by(code: str, shared: Shared) -> dict[str, int]:
    """Return the levels that a role requires, over its base."""
    for table in shared.roles.values():
        for role in table.role:
            if role.id == code:
                base = table.base.industry if role.base == "industry" else table.base.regulator
                return base.levels | role.levels
    return {}
