//! Requests lack what only the server sets; answers do not demand what only callers set.

use directions::models::{Member, MemberRequest, OnlyReceived, OnlySent, Team, TeamRequest, User, UserRequest};

#[test]
fn requests_lack_what_only_the_server_sets() {
    let user = UserRequest::new("n", "p");
    assert_eq!(serde_json::to_string(&user).unwrap(), r#"{"name":"n","password":"p"}"#);
    let team = TeamRequest::new().members(vec![MemberRequest::User(user.into())]);
    assert_eq!(serde_json::to_string(&team).unwrap(), r#"{"members":[{"name":"n","password":"p"}]}"#);
    assert_eq!(serde_json::to_string(&OnlySent::new("s")).unwrap(), r#"{"secret":"s"}"#);
}

#[test]
fn answers_lack_what_only_callers_set() {
    let user: User = serde_json::from_str(r#"{"id":1,"name":"n","created":"today"}"#).unwrap();
    assert_eq!((user.id, user.password), (1, None));
    let team: Team = serde_json::from_str(r#"{"members":[{"id":1,"name":"n"},{"serial":"r"}]}"#).unwrap();
    assert!(matches!(team.members.unwrap().as_slice(), [Member::User(_), Member::Robot(_)]));
    assert!(serde_json::from_str::<User>(r#"{"name":"n","password":"p"}"#).is_err());
    assert_eq!(serde_json::from_str::<OnlyReceived>(r#"{"id":1}"#).unwrap().id, 1);
}
