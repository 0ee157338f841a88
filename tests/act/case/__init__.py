"""Cases: opened after one question, filled, shown, forgotten."""
