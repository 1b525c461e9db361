"""What can be commanded?  One table of rows; menus, bars, dialogs and tooltips read it."""
