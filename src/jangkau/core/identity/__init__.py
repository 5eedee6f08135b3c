"""Who and where: NIK, names, phones, occupations and regions, read from what people wrote."""
