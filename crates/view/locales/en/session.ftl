page-session-hint = Demo: addresses and passwords are in the file sign-ins.json of the demo’s folder, and on the screen where it was started.
page-session-new = Sign in
