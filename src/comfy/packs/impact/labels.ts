// The labels that Impact's filter offers: parts of faces, clothes, and the classes of COCO.
export const LABELS: readonly string[] = [
  ...'hand,face,mouth,eyes,eyebrows,pupils,left_eyebrow,left_eye,left_pupil,right_eyebrow,right_eye,right_pupil'.split(
    ',',
  ),
  ...'short_sleeved_shirt,long_sleeved_shirt,short_sleeved_outwear,long_sleeved_outwear,vest,sling,shorts,trousers,skirt'.split(
    ',',
  ),
  ...'short_sleeved_dress,long_sleeved_dress,vest_dress,sling_dress,person,bicycle,car,motorcycle,airplane,bus,train,truck'.split(
    ',',
  ),
  ...'boat,traffic light,fire hydrant,stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe'.split(
    ',',
  ),
  ...'backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard'.split(
    ',',
  ),
  ...'surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot'.split(
    ',',
  ),
  ...'hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone'.split(
    ',',
  ),
  ...'microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush'.split(','),
];
