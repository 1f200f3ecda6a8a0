use crate::archive::Reader;
use crate::archive::Record;
use crate::archive::RecordKind;
use crate::archive::Writer;
use crate::refusal::Refusal;

fn written() -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), 1_795_290_362).unwrap();
    writer.append(RecordKind::Data, b"{}").unwrap();
    writer.append(RecordKind::Event, &[b'x'; 512]).unwrap();
    writer.into_inner()
}

fn read(bytes: &[u8]) -> Result<Vec<Record>, Refusal> {
    Reader::open(bytes)?.collect()
}

#[test]
fn what_is_written_is_read_again() {
    let bytes = written();
    assert_eq!(bytes.len(), 6 * 512);
    assert_eq!(&bytes[148..156], b"005712\0 ");
    let records = read(&bytes).unwrap();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].body, b"{}");
    assert_eq!(records[1].kind, RecordKind::Event);
    assert_eq!(Reader::open(&bytes[..]).unwrap().timestamp(), 1_795_290_362);
}

#[test]
fn every_byte_of_an_archive_counts() {
    let bytes = written();
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1 << bit;
            assert!(read(&flipped).is_err(), "bit {bit} of byte {place}");
        }
    }
    for length in 0..bytes.len() {
        let whole = matches!(length, 1024 | 2048);
        assert_eq!(read(&bytes[..length]).is_ok(), whole, "{length}");
    }
    assert_eq!(
        read(&[bytes.clone(), vec![0; 512]].concat()),
        Err(Refusal::Record)
    );
    assert_eq!(read(&[bytes.clone(), bytes].concat()), Err(Refusal::Record));
}

#[test]
fn a_size_that_is_not_there_costs_nothing() {
    let mut bytes = written()[..1024].to_vec();
    let name = format!("{}.data.json", "0".repeat(64));
    bytes.extend(super::head(&name, super::LARGEST_BODY, 1_795_290_362));
    assert_eq!(read(&bytes), Err(Refusal::CutShort));
}
