//! The doors, walked: strangers, walled rivals and hidden sections, on the demo story.

mod canaries;
mod doors;
mod story;
