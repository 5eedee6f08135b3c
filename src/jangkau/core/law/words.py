"""The word lists that prices depend on."""

from jangkau.core.tables.common import FUND_KINDS, OCCUPATIONS

PAYERS = ("SENDIRI", "PEMBERI_KERJA", "APBN", *FUND_KINDS)
SECTORS = OCCUPATIONS
RATE_MODES = ("AUTO", "PENUH", "DISKON")
RISKS = ("1", "2", "3", "4", "5")
PACKAGES = ("SEBELUM", "SELAMA_6", "SELAMA_12", "SELAMA_24", "PERPANJANGAN")
