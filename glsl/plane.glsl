// One stored channel of a float picture.
uint plane(uvec4 px, int index) { return index == 0 ? px.r : index == 1 ? px.g : index == 2 ? px.b : px.a; }
