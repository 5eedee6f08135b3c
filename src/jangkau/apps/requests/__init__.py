"""What people ask of the programme: to be put on the list, to have a fault mended, to stop; answered in a stated time.

`public` is what everybody reaches and knows no register; `office` is the desk of whoever answers.
"""
