//! The program as its users start it: exit codes, words, JSON fields, files.

#[cfg(test)]
mod bench;
#[cfg(test)]
mod carry;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod keep;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod reading;
