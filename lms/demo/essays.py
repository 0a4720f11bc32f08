"""What learners of the demonstration write on paper, by what it is worth. Invented; no acts."""

# The mass balance of FND103: a passage for each criterion, from its level 1 to 4.
BALANCE = {
    "technical": (
        "I add the outlets: 160 + 4158 + 33 = 4351. The balance is 4351 / 3885, so about 1.12.",
        "Outlets 4351 g, load 3885 g: balance 112.0 %. Step yield 4158 / 3885 = 107.0 %. More"
        " product than was loaded cannot be: one of the figures is wrong.",
        "Outlets 4351 g against 3885 g: balance 112.0 %, yield 107.0 %, which cannot be. With 1.55"
        " the pool is 23.1 × 1.40 / 1.55 = 20.9 g/L, 3756 g, yield 96.7 %, balance 101.6 %.",
        "Balance 112.0 %, yield 107.0 %: impossible. With 1.55 the pool is 20.9 g/L and the balance"
        " 101.6 %. That would explain it, but it is a hypothesis: the load or a dilution may be"
        " wrong too. If it holds, 50 mg/mL would in truth be 45.2 mg/mL.",
    ),
    "evidence": (
        "Everything has to be checked carefully.",
        "I measure the pool again and look up the coefficient in the approved method. I open a"
        " deviation.",
        "I keep the spreadsheet as it is, look at the raw absorbance and the dilution, measure a"
        " retained sample again, and let a second person calculate from the raw data.",
        "I keep the file unchanged and have it taken out of use, measure the pool by the titre"
        " method too, ask whether the load was mixed and its instruments calibrated, and search for"
        " every lot that used this file.",
    ),
    "patient": (
        "The medicine must be safe for patients.",
        "Ultrafiltration does not start. A dose could be about a tenth too weak.",
        "Ultrafiltration does not start, the pool is on hold. Lot 26-113 was made with the same"
        " file: today we look whether its release strength came from another method.",
        "The pool is on hold and I watch its hold limit. Stock of lot 26-113 is blocked; if its"
        " strength is out of specification, quality assurance assesses the risk, informs the"
        " authority and decides on a recall. If it is inside, that is documented.",
    ),
    "clarity": (
        "Then we decide together what to do.",
        "First I stop the step, then I record, then I inform the supervisor and quality assurance.",
        "I stop the step now and open the deviation within the hour; quality assurance rules on lot"
        " 26-113 today. What I know and what I assume stand apart above.",
        "Decision: hold lot 26-114, block lot 26-113, both signed today by quality assurance. The"
        " coefficient is locked in a file for each product, and checked over the next ten lots.",
    ),
}

# Local production, FND101: answers with the levels that were agreed, and why.
ANCHORS = (
    (
        "Insulin. For: no more stock-outs, and skills that stay. Against: our need is 2 million"
        " vials and a plant makes 20 million; and our authority is at maturity level 2. Estimate"
        " (assumptions): 2 million vials, fixed costs 30 million USD, so 15 USD a vial before"
        " materials; for a region of 20 million it is 1.50 USD. Without lot release and inspection"
        " at level 3 there is no prequalification; until then we rely on reports of trusted"
        " authorities, and decide ourselves. A vial of half strength harms at once: an independent"
        " quality unit may stop a lot, and we say so the same day; but no insulin kills as well."
        " Yes, if four neighbours sign within a year (minister of finance), the authority begins"
        " its plan (director, six months), 20 people are trained (company). If fewer than three"
        " sign by June, we keep importing.",
        (4, 4, 4, 4),
        (
            "The need is held against the volume of a plant, and the region follows from it.",
            "Level 3 is the condition, reliance is used rightly, assumptions are named.",
            "A bad medicine and no medicine are weighed, and openness is promised.",
            "Three steps with who and when, and a criterion for stopping.",
        ),
    ),
    (
        "A childhood vaccine. Benefits: we are not last in the queue, and engineers find work here."
        " Risks: it costs more, and our authority is small. 400 000 births, three doses, 85 %"
        " coverage, 15 % wastage: 1.2 million doses a year. Filling takes 2 to 4 years. The"
        " authority needs licensing, inspection, vigilance and lot release. A contaminated dose"
        " could harm a healthy child; lot release and people who may stop the line protect it. I"
        " recommend filling only: the ministry plans, the company builds, the authority grows.",
        (3, 2, 3, 2),
        (
            "The estimate is right, with units and times; the volume of a plant is missing.",
            "Functions are named; why level 3 is a condition is not said.",
            "Harm and protection are both there, the risk of having none is not weighed.",
            "The recommendation is clear, but no step has a time.",
        ),
    ),
    (
        "We choose an mRNA vaccine. It is modern and makes us independent, and young people want to"
        " work in it. It is expensive and difficult. We need about 10 million doses at 5 USD, so 50"
        " million, plus wastage of 15 %, 57.5 million. We need a good authority. Every person gets"
        " a dose. Yes, we should do it step by step.",
        (2, 1, 1, 1),
        (
            "An estimate, but wastage is added to the money and fixed costs are forgotten.",
            "A good authority is asked for, without functions or level.",
            "Patients are a number of doses.",
            "“Step by step” does not follow from what was said.",
        ),
    ),
    (
        "An antibody. It is a matter of national pride, and it saves foreign currency. The risk is"
        " that others do not want us to succeed. The authority should not delay the project with"
        " inspections. If a lot is bad, this is solved inside the company, so that nobody loses"
        " trust. I recommend to begin.",
        (1, 0, 0, 1),
        (
            "Benefits and risk are slogans, and there is no estimate.",
            "Regulation is seen as an obstacle to be avoided.",
            "A harm is to be hidden.",
            "It recommends, but nothing in the text carries it.",
        ),
    ),
)
