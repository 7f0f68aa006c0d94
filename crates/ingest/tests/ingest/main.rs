//! Readers on the files of other people, and properties that hold for every file.

#[cfg(test)]
mod broken_items;
#[cfg(test)]
mod dialects;
#[cfg(test)]
mod doubts;
#[cfg(test)]
mod items;
#[cfg(test)]
mod manual;
#[cfg(test)]
mod other_programs;
#[cfg(test)]
mod own_files;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod real_files;
#[cfg(test)]
mod spectrum;
