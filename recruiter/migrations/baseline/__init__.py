"""The tables as they stood at revision 0017, where the history begins: a module for each room.

Nobody changes them: databases and backups of that revision are out there. What a table is today, the models tell; how it came
to be so, the migrations after 0017 tell.
"""
