"""The product's app with the fault that FAULT_PLANT names; nothing else."""

from tests.faults.planted import make_app

app = make_app()
