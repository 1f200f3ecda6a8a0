//! People: agency files, matching, register, roll, placement, poll book.
