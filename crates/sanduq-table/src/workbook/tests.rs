use super::*;
use calamine::ExcelDateTimeType;

#[test]
fn values_are_written_as_a_person_reads_them() {
    let moment = |serial, kind| Data::DateTime(ExcelDateTime::new(serial, kind, false));
    let date = ExcelDateTimeType::DateTime;
    let duration = ExcelDateTimeType::TimeDelta;
    for (value, written) in [
        (Data::Int(5), "5"),
        (Data::Float(870.0), "870"),
        (Data::Float(0.25), "0.25"),
        (Data::String(" x ".to_owned()), " x "),
        (Data::Bool(true), "true"),
        (Data::Error(calamine::CellErrorType::Div0), "#DIV/0!"),
        (moment(41_938.0, date), "2014-10-26"),
        (moment(41_938.75, date), "2014-10-26T18:00:00"),
        (moment(0.770_833_333_333, date), "18:30:00"),
        (moment(1.5, duration), "36:00:00"),
        (Data::Empty, ""),
    ] {
        let mut out = String::new();
        write_value(&value, &mut out);
        assert_eq!(out, written);
    }
}

#[test]
fn a_parser_that_panics_is_a_damaged_file() {
    let fault = guarded(|| -> Result<(), String> { panic!("index out of range") }).unwrap_err();
    assert!(matches!(fault.fault, TableFault::Damaged(_)));
}
