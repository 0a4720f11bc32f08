"""The closed table of units with exact factors; what is not in the table is not a unit here.

Case matters (mM is not MM), and the two signs for micro (U+00B5, U+03BC) are one. Units convert
only within their dimension; °C, °F and K are the only affine ones.
"""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lms.errors import N_, DomainError


class UnitError(DomainError):
    """A unit that the table lacks, or two units that measure different things."""


@dataclass(frozen=True)
class Unit:
    """base value = (value + offset) × factor, in the base unit of `dimension`."""

    symbol: str
    dimension: str
    factor: Fraction
    offset: Fraction = Fraction(0)


# dimension: "symbol factor [+offset]" entries. What is counted keeps kinds of things apart:
# viral particles are not viral genomes, a cycle is not a vial.
_TABLE: dict[str, str] = {
    "number": "1 1; % 1/100; ‰ 1e-3; ppm 1e-6; ppb 1e-9",
    "mass fraction": "g/g 1; mg/g 1e-3; % w/w 1/100",
    "volume fraction": "mL/mL 1; mL/L 1e-3; % v/v 1/100",
    "amount fraction": "mol/mol 1; mmol/mol 1e-3; mol% 1/100",
    "mass": "kg 1000; g 1; mg 1e-3; µg 1e-6; ng 1e-9; pg 1e-12; t 1e6",
    "volume": "L 1; dL 1/10; mL 1e-3; µL 1e-6; nL 1e-9; hL 100; m³ 1000; dm³ 1; cm³ 1e-3",
    "amount": "mol 1; mmol 1e-3; µmol 1e-6; nmol 1e-9; pmol 1e-12",
    "amount concentration": "mol/L 1; M 1; mmol/L 1e-3; mM 1e-3; µmol/L 1e-6; µM 1e-6;"
    " nmol/L 1e-9; nM 1e-9; pmol/L 1e-12; pM 1e-12; mol/m³ 1e-3; mmol/mL 1",
    "mass concentration": "g/L 1; mg/L 1e-3; µg/L 1e-6; ng/L 1e-9; g/mL 1000; mg/mL 1;"
    " µg/mL 1e-3; ng/mL 1e-6; pg/mL 1e-9; kg/m³ 1; kg/L 1000; g/cm³ 1000; g/dL 10; mg/dL 1/100;"
    " µg/µL 1; ng/µL 1e-3; % w/v 10",
    "molar mass": "g/mol 1; kg/mol 1000; Da 1; kDa 1000; MDa 1000000",
    "molality": "mol/kg 1; mmol/kg 1e-3",
    "osmolality": "osmol/kg 1; mosmol/kg 1e-3; Osm/kg 1; mOsm/kg 1e-3",
    "osmolarity": "osmol/L 1; mosmol/L 1e-3; Osm/L 1; mOsm/L 1e-3",
    "length": "km 1000; m 1; dm 1/10; cm 1/100; mm 1e-3; µm 1e-6; nm 1e-9",
    "area": "m² 1; dm² 1/100; cm² 1e-4; mm² 1e-6",
    "time": "s 1; ms 1e-3; min 60; h 3600; d 86400; wk 604800",
    "rate": "1/s 1; 1/min 1/60; 1/h 1/3600; 1/d 1/86400",
    "rotation": "rpm 1; rps 60; rev/min 1",
    "relative centrifugal force": "×g 1",
    "gas flow per volume": "vvm 1",
    "temperature": "K 1; °C 1 +273.15; °F 5/9 +459.67",
    "temperature difference": "ΔK 1; Δ°C 1",
    "pressure": "Pa 1; hPa 100; kPa 1000; MPa 1e6; mbar 100; bar 100000; psi 6894.757293168361;"
    " mmHg 133.322387415; Torr 101325/760; atm 101325; mTorr 101.325/760; µbar 1/10",
    "pressure rate": "mbar/min 1; mbar/s 60; Pa/s 6/10",
    "energy": "J 1; kJ 1000; MJ 1e6; kWh 3600000",
    "power": "W 1; kW 1000; mW 1e-3",
    "power per volume": "W/m³ 1; kW/m³ 1000; W/L 1000",
    "heat transfer": "W/K 1; kW/K 1000",
    "specific energy": "J/g 1; kJ/kg 1; kJ/g 1000",
    "speed": "m/s 1; cm/s 1/100; mm/s 1e-3; m/min 1/60; cm/min 1/6000; m/h 1/3600; cm/h 1/360000",
    "flow": "L/h 1; mL/h 1e-3; L/min 60; mL/min 60/1000; µL/min 60e-6; L/d 1/24; L/s 3600;"
    " m³/h 1000; m³/min 60000; mL/s 36/10; mL/d 1/24000",
    "mass flow": "g/h 1; kg/h 1000; mg/h 1e-3; g/min 60; kg/min 60000; g/d 1/24; mg/d 1/24000",
    "filtrate flux": "L/m²/h 1; LMH 1; mL/cm²/min 600",
    "filter load": "L/m² 1; mL/cm² 10",
    "area load": "g/m² 1; mg/cm² 10; kg/m² 1000; mg/m² 1e-3",
    "permeability": "L/m²/h/bar 1; LMH/bar 1",
    "productivity": "g/L/h 1; g/L/d 1/24; mg/L/h 1e-3; kg/m³/h 1",
    "molar rate per volume": "mmol/L/h 1; mol/L/h 1000; mM/h 1; mmol/L/min 60",
    "specific rate": "g/g/h 1; mg/g/h 1e-3; g/g/d 1/24",
    "specific molar rate": "mmol/g/h 1; mol/g/h 1000",
    "cell-specific productivity": "pg/cell/d 1; pg/cell/h 24; ng/cell/d 1000",
    "cell-specific perfusion": "pL/cell/d 1; nL/cell/d 1000; pL/cell/h 24",
    "cells": "cells 1",
    "cell concentration": "cells/mL 1; cells/L 1e-3; cells/µL 1000",
    "cell density on a surface": "cells/cm² 1; cells/m² 1e-4",
    "cell time": "cells·h/mL 1; cells·d/mL 24",
    "colonies": "CFU 1",
    "colony concentration": "CFU/mL 1; CFU/L 1e-3; CFU/100 mL 1/100; CFU/µL 1000",
    "colonies by mass": "CFU/g 1; CFU/10 g 1/10",
    "colonies in air": "CFU/m³ 1",
    "colonies on a plate": "CFU/plate 1",
    "colonies on a surface": "CFU/cm² 1; CFU/25 cm² 1/25; CFU/m² 1e-4",
    "particles in air": "particles/m³ 1; particles/ft³ 1000000/28316.846592; particles/L 1000",
    "particles": "particles 1",
    "particles by dose": "particles/dose 1",
    "particle concentration": "particles/mL 1; particles/µL 1000",
    "viral particle concentration": "vp/mL 1; vp/L 1e-3",
    "viral genome concentration": "vg/mL 1; vg/L 1e-3",
    "copies": "copies 1",
    "copy concentration": "copies/mL 1; copies/µL 1000; copies/L 1e-3",
    "plaque concentration": "PFU/mL 1; PFU/L 1e-3",
    "plaques": "PFU 1",
    "infectious concentration": "TCID50/mL 1; CCID50/mL 1; TCID50/L 1e-3",
    "multiplicity of infection": "MOI 1; PFU/cell 1",
    "potency": "IU 1; kIU 1000; MIU 1000000; mIU 1e-3",
    "potency concentration": "IU/mL 1; IU/L 1e-3; mIU/mL 1e-3; kIU/mL 1000; IU/dL 1/100",
    "specific potency": "IU/mg 1; IU/g 1e-3; IU/µg 1000; MIU/mg 1000000",
    "potency per dose": "IU/dose 1",
    "enzyme activity": "U 1; kU 1000; mU 1e-3; MU 1000000; kat 60000000; nkat 6/100",
    "enzyme concentration": "U/mL 1; U/L 1e-3; mU/mL 1e-3; kU/L 1; kU/mL 1000",
    "specific enzyme activity": "U/mg 1; U/g 1e-3; kU/g 1",
    "endotoxin": "EU 1",
    "endotoxin concentration": "EU/mL 1; EU/L 1e-3",
    "endotoxin per mass": "EU/mg 1; EU/g 1e-3; EU/µg 1000",
    "endotoxin dose rate": "EU/kg/h 1",
    "dose by mass": "mg/dose 1; µg/dose 1e-3; g/dose 1000",
    "dose by body mass": "mg/kg 1; µg/kg 1e-3; g/kg 1000",
    "dose by volume": "mL/dose 1; L/dose 1000",
    "doses": "doses 1",
    "log reduction": "log10 1; log10 reduction 1",
    "log concentration": "log10/mL 1; log10 TCID50/mL 1",
    "acidity": "pH 1",
    "optical density": "OD600 1",
    "absorbance": "AU 1; mAU 1e-3",
    "optical path": "AU·mL 1",
    "extinction by mass": "L/g/cm 1; mL/mg/cm 1; mL/µg/cm 1000",
    "extinction by amount": "L/mol/cm 1; 1/M/cm 1; 1/mM/cm 1000",
    "conductivity": "S/m 1; mS/cm 1/10; µS/cm 1e-4; mS/m 1e-3",
    "viscosity": "Pa·s 1; mPa·s 1e-3; cP 1e-3",
    "turbidity": "NTU 1; FNU 1",
    "column volumes": "CV 1",
    "diavolumes": "DV 1",
    "doublings": "doublings 1; PDL 1",
    "vials": "vials 1",
    "cycles": "cycles 1",
    "batches": "batches 1",
    "voltage": "V 1; mV 1e-3",
    "illuminance": "lx 1",
}

_ALIASES = {
    "": "1", "h⁻¹": "1/h", "h^-1": "1/h", "min⁻¹": "1/min", "s⁻¹": "1/s", "d⁻¹": "1/d",
    "L m⁻² h⁻¹": "L/m²/h", "L·m⁻²·h⁻¹": "L/m²/h", "mL mg⁻¹ cm⁻¹": "mL/mg/cm",
    "M⁻¹ cm⁻¹": "1/M/cm", "x g": "×g", "Osmol/kg": "osmol/kg", "mOsmol/kg": "mosmol/kg",
}  # fmt: skip


def _unit(dimension: str, entry: str) -> Unit:
    words = entry.split()
    offset = Fraction(words.pop()) if words[-1].startswith("+") else Fraction(0)
    top, _, bottom = words[-1].partition("/")
    return Unit(" ".join(words[:-1]), dimension, Fraction(top) / Fraction(bottom or "1"), offset)


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for dimension, entries in _TABLE.items():
        for unit in (_unit(dimension, entry) for entry in entries.split(";")):
            if unit.symbol in units:
                raise AssertionError(f"{unit.symbol} stands twice in the table of units")
            units[unit.symbol] = unit
    return units


UNITS = _units()


def find_unit(symbol: str) -> Unit:
    """Return the unit written `symbol`. Raises UnitError if the table lacks it."""
    plain = " ".join(unicodedata.normalize("NFC", symbol).replace("μ", "µ").split())
    unit = UNITS.get(_ALIASES.get(plain, plain))
    if unit is None:
        raise UnitError(N_("There is no unit “%(unit)s” in the table."), unit=symbol)
    return unit


def same_dimension(left: str, right: str) -> bool:
    """Say whether two known units measure the same thing."""
    return find_unit(left).dimension == find_unit(right).dimension


def convert(value: Decimal | Fraction | int, source: str, target: str) -> Fraction:
    """Convert `value` from the unit `source` to the unit `target`, exactly.

    Raises UnitError when a unit is unknown or the two measure different things.
    """
    old, new = find_unit(source), find_unit(target)
    if old.dimension != new.dimension:
        raise UnitError(
            N_("%(source)s and %(target)s measure different things."),
            source=old.symbol, target=new.symbol,
        )  # fmt: skip
    return (Fraction(value) + old.offset) * old.factor / new.factor - new.offset
