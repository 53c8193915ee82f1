"""Interviewers, interpreters and rooms: who may do what today."""
