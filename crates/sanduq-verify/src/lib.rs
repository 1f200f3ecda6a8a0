//! The stranger's checker: knows nothing but a folder of public files.
