"""What a user can do: one module per noun; functions whose first parameter is a session.

An action never commits and knows no window. `rights.reads` and `rights.writes` say which right it
needs; the gate (`desk.py`) asks for it, opens the session, commits or rolls back.
"""
